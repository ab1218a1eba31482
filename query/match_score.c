/* SPDX-License-Identifier: MIT */
/* Score: the formula and its constants. */
#include "query/match_score.h"

#include <math.h>

/* The best of some settings tried by hand on the five collections of ../shared/ir, by nDCG@10 (its README
 * tells how it is measured); the same for all. */
static const struct {
    double k1, b;   /* of the text */
    double heading; /* a heading's weight beside a text's */
    double heading_k1, heading_b;
    double heading_words; /* an average heading's length */
} constants = {1.0, 0.6, 1.1, 1.2, 0.5, 8};

void cs__score_model_init(struct cs__score_model *model, uint64_t passages, uint64_t words)
{
    double average = passages > 0 && words > 0 ? (double)words / (double)passages : 1;
    model->passages = passages;
    model->words = words;
    for (unsigned code = 0; code < 256; code++) {
        double length = cs__length_decode((uint8_t)code);
        model->text_norm[code] = constants.k1 * (1 - constants.b + constants.b * length / average);
        model->heading_norm[code] =
            constants.heading_k1 *
            (1 - constants.heading_b + constants.heading_b * length / constants.heading_words);
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
    return (constants.k1 + 1) / (1 + model->text_norm[length] / frequency);
}

double cs__score_heading(const struct cs__score_model *model, uint32_t frequency, uint8_t length)
{
    return constants.heading * (constants.heading_k1 + 1) / (1 + model->heading_norm[length] / frequency);
}
