/* SPDX-License-Identifier: MIT */
/* Score: the formula. */
#include "query/match_score.h"

#include <math.h>

#include "query/rank_constants.h"

void cs__score_model_init(struct cs__score_model *model, uint64_t passages, uint64_t words)
{
    double average = passages > 0 && words > 0 ? (double)words / (double)passages : 1;
    model->passages = passages;
    model->words = words;
    for (unsigned code = 0; code < 256; code++) {
        double length = cs__length_decode((uint8_t)code);
        model->text_norm[code] = CS__RANK_K1 * (1 - CS__RANK_B + CS__RANK_B * length / average);
        model->heading_norm[code] =
            CS__RANK_HEADING_K1 *
            (1 - CS__RANK_HEADING_B + CS__RANK_HEADING_B * length / CS__RANK_HEADING_WORDS);
        for (uint32_t frequency = 1; frequency < CS__SCORE_TABLE; frequency++)
            model->text[frequency][code] = cs__score_text_formula(model, frequency, (uint8_t)code);
    }
}

double cs__score_idf(const struct cs__score_model *model, uint64_t count)
{
    double all = (double)model->passages, n = count < model->passages ? (double)count : all;
    return log(1 + (all - n + 0.5) / (n + 0.5));
}

double cs__score_text_formula(const struct cs__score_model *model, uint32_t frequency, uint8_t length)
{
    return (CS__RANK_K1 + 1) / (1 + model->text_norm[length] / frequency);
}

double cs__score_heading(const struct cs__score_model *model, uint32_t frequency, uint8_t length)
{
    return CS__RANK_HEADING * (CS__RANK_HEADING_K1 + 1) / (1 + model->heading_norm[length] / frequency);
}
