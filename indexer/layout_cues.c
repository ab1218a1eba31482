/* SPDX-License-Identifier: MIT */
/* Cues: first words by which furniture is known. */
#include "indexer/layout_cues.h"

#include <string.h>

/* A longer block that begins so is none: a label of its own, a short line, a notice. */
enum { LABEL = 0, LINE = 160, NOTICE = 800, CUE_SIZE_MAX = NOTICE, OWN_WORDS_MAX = 1200 };

struct cue {
    const char *words; /* in small letters */
    uint16_t size_max; /* LABEL: the words are all of it, but for signs */
};

/* What stands at the end of reports and at the head of letters. In the order of their first letters. */
static const struct cue contacts[] = {
    {"any complaints about the inspection or the report", NOTICE},
    {"crown copyright", LINE},
    {"e: ", LINE},
    {"further copies of this report", NOTICE},
    {"if you would like a copy of this document", NOTICE},
    {"interested in our work?", NOTICE},
    {"t 0", LINE},
    {"t: 0", LINE},
    {"telephone:", LINE},
    {"textphone", LINE},
    {"this document is available", NOTICE},
    {"this document may be reproduced", NOTICE},
    {"this publication is available", NOTICE},
    {"this report is available", NOTICE},
    {"to receive regular email alerts", NOTICE},
    {"w: ", LINE},
    {"website:", LINE},
    {"you may copy all or parts of this document", NOTICE},
    {"you may reuse this information", NOTICE},
    {"\xC2\xA9 crown copyright", LINE},
};

/* What stands in and around a newspaper's article when its page is copied. In the order of their first
 * letters. */
static const struct cue notes[] = {
    {"about sharing", LABEL},
    {"accept all cookies", LINE},
    {"accept cookies", LINE},
    {"ad feedback", LABEL},
    {"advert", LABEL},
    {"advertisement", LINE},
    {"advertising", LABEL},
    {"all rights reserved", LINE},
    {"article continues below", LINE},
    {"back to top", LABEL},
    {"be the first to comment", LINE},
    {"click here to ", LINE},
    {"close", LABEL},
    {"comment", LABEL},
    {"comments", LABEL},
    {"comments are closed", LINE},
    {"comments: our rules", LINE},
    {"continue reading", LINE},
    {"cookie policy", LABEL},
    {"copy link", LABEL},
    {"copy this link", LINE},
    {"create an account", LINE},
    {"do you have a story", LINE},
    {"don't miss", LINE},
    {"don\xE2\x80\x99t miss", LINE},
    {"download our app", LINE},
    {"email this", LINE},
    {"find out more about how we use", LINE},
    {"follow us", LINE},
    {"get in touch", LINE},
    {"get involved with the news", LINE},
    {"get the latest", LINE},
    {"got a story", LINE},
    {"have your say", LINE},
    {"join the conversation", LINE},
    {"join the debate", LINE},
    {"last updated", LINE},
    {"letters should not exceed", LINE},
    {"log in", LABEL},
    {"manage cookies", LABEL},
    {"more from", LINE},
    {"more like this", LABEL},
    {"more news", LABEL},
    {"more on this story", LABEL},
    {"more stories", LABEL},
    {"most popular", LABEL},
    {"most read", LABEL},
    {"newsletter", LABEL},
    {"newsletter sign up", LINE},
    {"please keep letters", LINE},
    {"popular", LABEL},
    {"print", LABEL},
    {"privacy notice", LABEL},
    {"privacy policy", LABEL},
    {"promoted stories", LABEL},
    {"read also", LINE},
    {"read more", LINE},
    {"read next", LINE},
    {"read the full story", LINE},
    {"recommended", LABEL},
    {"recommended articles", LABEL},
    {"recommended for you", LABEL},
    {"recommended reading", LINE},
    {"related articles", LINE},
    {"related content", LABEL},
    {"related internet links", LABEL},
    {"related news", LABEL},
    {"related stories", LINE},
    {"related topics", LINE},
    {"related:", LINE},
    {"report this comment", LINE},
    {"search", LABEL},
    {"see also", LABEL},
    {"send us a letter", LINE},
    {"send us your news", LINE},
    {"send your letters to", LINE},
    {"send your news", LINE},
    {"send your story ideas", LINE},
    {"share", LABEL},
    {"share on ", LINE},
    {"share page", LABEL},
    {"share this", LINE},
    {"show comments", LABEL},
    {"sign in", LABEL},
    {"sign up for ", LINE},
    {"sign up to ", LINE},
    {"skip to ", LINE},
    {"sponsored", LABEL},
    {"story continues below", LINE},
    {"subscribe", LABEL},
    {"subscribe to ", LINE},
    {"support local journalism", LINE},
    {"tags", LABEL},
    {"terms and conditions", LABEL},
    {"terms of use", LABEL},
    {"this article was originally published", LINE},
    {"this site uses cookies", NOTICE},
    {"this website and associated newspapers", NOTICE},
    {"this website uses cookies", NOTICE},
    {"top stories", LABEL},
    {"trending", LABEL},
    {"tweet", LABEL},
    {"view comments", LABEL},
    {"want to read more", LINE},
    {"we use cookies", NOTICE},
    {"what are your thoughts?", LINE},
    {"what do you think?", LINE},
    {"you can send a letter to the editor", LINE},
    {"you may also like", LABEL},
    {"you might also like", LABEL},
    {"your comment", LABEL},
};

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

int cs__begins_with(const char *text, size_t size, const char *words)
{
    size_t i = 0;
    while (words[i] != '\0' && i < size && small(text[i]) == words[i])
        i++;
    return words[i] == '\0';
}

/* Whether nothing but signs, blanks and a count follows. */
static int is_all(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (small(text[i]) >= 'a' && small(text[i]) <= 'z')
            return 0;
    return size < 12;
}

static int matches(const struct cs__block *block, const struct cue *cue)
{
    if (!cs__begins_with(block->text, block->size, cue->words))
        return 0;
    size_t known = strlen(cue->words);
    return cue->size_max == LABEL ? is_all(block->text + known, block->size - known)
                                  : block->size <= cue->size_max;
}

static int is_among(const struct cs__block *block, const struct cue *cues, size_t count)
{
    unsigned char first = (unsigned char)small(block->text[0]);
    for (size_t i = 0; i < count && (unsigned char)cues[i].words[0] <= first; i++)
        if ((unsigned char)cues[i].words[0] == first && matches(block, &cues[i]))
            return 1;
    return 0;
}

static int holds(const char *text, size_t size, const char *words)
{
    for (size_t at = 0; at < size; at++)
        if (small(text[at]) == words[0] && cs__begins_with(text + at, size - at, words))
            return 1;
    return 0;
}

/* The inspectorate on itself: its name, and within the first sentence what it does. */
static int is_own_words(const struct cs__block *block)
{
    size_t head = block->size < 240 ? block->size : 240;
    return block->size <= OWN_WORDS_MAX &&
           (cs__begins_with(block->text, head, "the office for standards in education") ||
            cs__begins_with(block->text, head, "ofsted")) &&
           holds(block->text, head, "regulates and inspects");
}

enum cs__block_kind cs__cue_kind(const struct cs__block *block, int is_site)
{
    if (block->size == 0 || block->size > OWN_WORDS_MAX)
        return block->kind;
    if (is_own_words(block))
        return CS__BLOCK_BOILERPLATE;
    if (block->size > CUE_SIZE_MAX)
        return block->kind;
    if (is_among(block, contacts, sizeof contacts / sizeof contacts[0]))
        return CS__BLOCK_CONTACT;
    int may = is_site && block->number == NULL && block->kind != CS__BLOCK_BULLET;
    return may && is_among(block, notes, sizeof notes / sizeof notes[0]) ? CS__BLOCK_SITE : block->kind;
}
