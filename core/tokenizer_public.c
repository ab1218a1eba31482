/* SPDX-License-Identifier: MIT */
/* The tokenizer as other programs see it. Input: any bytes; output: terms with their byte ranges. */
#include <csearch/tokenizer.h>

#include <stdlib.h>

#include "core/tokenizer.h"

struct cs_tokenizer {
    struct cs__tokenizer *inner;
};

cs_status cs_tokenizer_new(cs_tokenizer **out)
{
    *out = NULL;
    cs_tokenizer *tokenizer = calloc(1, sizeof *tokenizer);
    if (tokenizer == NULL)
        return CS_ERR_NOMEM;
    cs_status status = cs__tokenizer_new(&tokenizer->inner);
    if (status == CS_OK)
        *out = tokenizer;
    else
        free(tokenizer);
    return status;
}

void cs_tokenizer_free(cs_tokenizer *tokenizer)
{
    if (tokenizer == NULL)
        return;
    cs__tokenizer_free(tokenizer->inner);
    free(tokenizer);
}

void cs_tokenizer_start(cs_tokenizer *tokenizer, const char *text, size_t size, cs_tokenize_mode mode)
{
    static const int flags[] = {
        [CS_TOKENIZE_DOCUMENT] = CS__TOKENIZE_STEM,
        [CS_TOKENIZE_EXACT] = CS__TOKENIZE_EXACT,
        [CS_TOKENIZE_QUERY] = CS__TOKENIZE_QUERY,
    };
    cs__tokenizer_start(tokenizer->inner, text, size, flags[mode]);
}

int cs_tokenizer_next(cs_tokenizer *tokenizer, cs_token *out)
{
    struct cs__token token;
    if (!cs__tokenizer_next(tokenizer->inner, &token))
        return 0;
    *out = (cs_token){token.term, token.term_size, token.start, token.end, token.position};
    return 1;
}
