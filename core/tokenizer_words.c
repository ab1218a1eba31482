/* SPDX-License-Identifier: MIT */
/* Tables of words: exceptions to the stemmer, spellings, acronyms, stop words. Sorted (a test holds them to
 * it); what each is for stands above it. */
#include "core/tokenizer_term.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Words whose stem would be another word's (care and careful, authority and author, missing and missed), and
 * plurals that the stemmer does not know. Found by listing, over inspection reports and inquiries, the words
 * that share a stem. */
static const struct cs__word_pair exceptions[] = {
    {"accountability", "accountable"},
    {"accountable", "accountable"},
    {"accountancy", "accountant"},
    {"accountant", "accountant"},
    {"accountants", "accountant"},
    {"activities", "activity"},
    {"activity", "activity"},
    {"adviser", "adviser"},
    {"advisers", "adviser"},
    {"apartment", "apartment"},
    {"apartments", "apartment"},
    {"assistant", "assistant"},
    {"assistants", "assistant"},
    {"authorities", "authority"},
    {"authority", "authority"},
    {"boarding", "boarding"},
    {"business", "business"},
    {"businesses", "business"},
    {"careful", "careful"},
    {"carefully", "careful"},
    {"caring", "caring"},
    {"child", "child"},
    {"children", "child"},
    {"childrens", "child"},
    {"considerable", "considerable"},
    {"considerably", "considerable"},
    {"consistency", "consistent"},
    {"consistent", "consistent"},
    {"consistently", "consistent"},
    {"conversion", "conversion"},
    {"conversions", "conversion"},
    {"critical", "critical"},
    {"critically", "critical"},
    {"department", "department"},
    {"departmental", "department"},
    {"departments", "department"},
    {"effective", "effective"},
    {"effectively", "effective"},
    {"effectiveness", "effective"},
    {"emergencies", "emergency"},
    {"emergency", "emergency"},
    {"evening", "evening"},
    {"evenings", "evening"},
    {"evident", "evident"},
    {"evidently", "evident"},
    {"executive", "executive"},
    {"executives", "executive"},
    {"experiment", "experiment"},
    {"experimental", "experiment"},
    {"experiments", "experiment"},
    {"governance", "governance"},
    {"government", "government"},
    {"governments", "government"},
    {"hardly", "hardly"},
    {"hospitality", "hospitality"},
    {"inconsistencies", "inconsistent"},
    {"inconsistency", "inconsistent"},
    {"inconsistent", "inconsistent"},
    {"inconsistently", "inconsistent"},
    {"ineffective", "ineffective"},
    {"ineffectively", "ineffective"},
    {"informal", "informal"},
    {"informally", "informal"},
    {"initial", "initial"},
    {"initially", "initial"},
    {"initials", "initials"},
    {"initiative", "initiative"},
    {"initiatives", "initiative"},
    {"integrity", "integrity"},
    {"international", "international"},
    {"internationally", "international"},
    {"likely", "likely"},
    {"majorities", "majority"},
    {"majority", "majority"},
    {"men", "man"},
    {"minorities", "minority"},
    {"minority", "minority"},
    {"missing", "missing"},
    {"nationalities", "nationality"},
    {"nationality", "nationality"},
    {"objective", "objective"},
    {"objectively", "objective"},
    {"objectives", "objective"},
    {"personal", "personal"},
    {"personalities", "personality"},
    {"personality", "personality"},
    {"personally", "personal"},
    {"positive", "positive"},
    {"positively", "positive"},
    {"practical", "practical"},
    {"practically", "practical"},
    {"provider", "provider"},
    {"providers", "provider"},
    {"publication", "publication"},
    {"publications", "publication"},
    {"publicity", "publicity"},
    {"relative", "relative"},
    {"relatively", "relatively"},
    {"relatives", "relative"},
    {"response", "response"},
    {"responses", "response"},
    {"responsibilities", "responsible"},
    {"responsibility", "responsible"},
    {"responsible", "responsible"},
    {"responsibly", "responsible"},
    {"responsive", "responsive"},
    {"responsively", "responsive"},
    {"responsiveness", "responsive"},
    {"several", "several"},
    {"timeliness", "timely"},
    {"timely", "timely"},
    {"universities", "university"},
    {"university", "university"},
    {"witness", "witness"},
    {"witnessed", "witness"},
    {"witnesses", "witness"},
    {"witnessing", "witness"},
    {"wives", "wife"},
    {"women", "woman"},
};

/* American and older spellings, and forms of one word, whole. */
static const struct cs__word_pair spellings[] = {
    {"advisor", "adviser"},
    {"advisors", "advisers"},
    {"aging", "ageing"},
    {"aluminum", "aluminium"},
    {"amongst", "among"},
    {"analog", "analogue"},
    {"analogs", "analogues"},
    {"artifact", "artefact"},
    {"artifacts", "artefacts"},
    {"catalog", "catalogue"},
    {"cataloged", "catalogued"},
    {"cataloging", "cataloguing"},
    {"catalogs", "catalogues"},
    {"center", "centre"},
    {"centered", "centred"},
    {"centering", "centring"},
    {"centers", "centres"},
    {"defense", "defence"},
    {"defenses", "defences"},
    {"dialog", "dialogue"},
    {"dialogs", "dialogues"},
    {"disc", "disk"},
    {"discs", "disks"},
    {"fiber", "fibre"},
    {"fibers", "fibres"},
    {"gray", "grey"},
    {"installment", "instalment"},
    {"installments", "instalments"},
    {"learnt", "learned"},
    {"liter", "litre"},
    {"liters", "litres"},
    {"maneuver", "manoeuvre"},
    {"maneuvers", "manoeuvres"},
    {"mold", "mould"},
    {"molds", "moulds"},
    {"offense", "offence"},
    {"offenses", "offences"},
    {"programme", "program"},
    {"programmes", "programs"},
    {"theater", "theatre"},
    {"theaters", "theatres"},
    {"whilst", "while"},
    {"willful", "wilful"},
    {"willfully", "wilfully"},
};

/* The same, by how the word begins. That "laboratory" becomes "labouratory" in text and query alike harms
 * nobody. */
static const struct cs__word_pair spelling_prefixes[] = {
    {"abridgm", "abridgem"},
    {"acknowledgm", "acknowledgem"},
    {"anaem", "anem"},
    {"anaesth", "anesth"},
    {"armor", "armour"},
    {"behavior", "behaviour"},
    {"caesar", "cesar"},
    {"coeliac", "celiac"},
    {"color", "colour"},
    {"councilor", "councillor"},
    {"counselor", "counsellor"},
    {"demeanor", "demeanour"},
    {"diarrhoe", "diarrhe"},
    {"encyclopaed", "encycloped"},
    {"endeavor", "endeavour"},
    {"faec", "fec"},
    {"favor", "favour"},
    {"flavor", "flavour"},
    {"focuss", "focus"},
    {"foet", "fet"},
    {"glamor", "glamour"},
    {"gynaec", "gynec"},
    {"haem", "hem"},
    {"harbor", "harbour"},
    {"honor", "honour"},
    {"humor", "humour"},
    {"judgm", "judgem"},
    {"labor", "labour"},
    {"leukaem", "leukem"},
    {"licens", "licenc"},
    {"lodgm", "lodgem"},
    {"neighbor", "neighbour"},
    {"odor", "odour"},
    {"oedem", "edem"},
    {"oesoph", "esoph"},
    {"oestr", "estr"},
    {"orthopaed", "orthoped"},
    {"paediatr", "pediatr"},
    {"paedophil", "pedophil"},
    {"practis", "practic"},
    {"rigor", "rigour"},
    {"rumor", "rumour"},
    {"savior", "saviour"},
    {"skeptic", "sceptic"},
    {"skilful", "skillful"},
    {"sulph", "sulf"},
    {"traveler", "traveller"},
    {"tumor", "tumour"},
    {"vapor", "vapour"},
    {"vigor", "vigour"},
};

/* In capitals these are no common words: special educational needs, personal adviser, personal education
 * plan, … */
static const char *const acronyms[] = {
    "ace", "it", "pa", "pep", "pip", "send", "us", "who",
};

/* Function words, as terms ("doe" is does, "whi" why). Not "not", "no", "after", "before": they carry meaning
 * here; not "may": a month. */
static const char *const stop_words[] = {
    "a",    "about", "an",    "and",   "ani",    "are",  "as",    "at",   "be",   "been",  "but",  "by",
    "can",  "could", "did",   "do",    "doe",    "for",  "from",  "had",  "has",  "have",  "he",   "her",
    "him",  "his",   "how",   "i",     "if",     "in",   "into",  "is",   "it",   "me",    "my",   "of",
    "on",   "or",    "our",   "she",   "should", "so",   "some",  "such", "than", "that",  "the",  "their",
    "them", "then",  "there", "these", "they",   "this", "those", "to",   "was",  "we",    "were", "what",
    "when", "where", "whi",   "which", "while",  "who",  "whom",  "will", "with", "would", "you",  "your",
};

static int compare(const char *word, size_t size, const char *known)
{
    int order = strncmp(word, known, size);
    return order != 0 ? order : known[size] == '\0' ? 0 : -1;
}

static const char *find_pair(const struct cs__word_pair *table, size_t count, const char *word, size_t size)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = compare(word, size, table[middle].word);
        if (order == 0)
            return table[middle].as;
        if (order < 0)
            count = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static int find_word(const char *const *table, size_t count, const char *word, size_t size)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = compare(word, size, table[middle]);
        if (order == 0)
            return 1;
        if (order < 0)
            count = middle;
        else
            low = middle + 1;
    }
    return 0;
}

const char *cs__word_exception(const char *word, size_t size)
{
    return find_pair(exceptions, COUNT(exceptions), word, size);
}

const char *cs__word_spelling(const char *word, size_t size)
{
    return find_pair(spellings, COUNT(spellings), word, size);
}

const struct cs__word_pair *cs__word_spelling_prefix(const char *word, size_t size)
{
    for (size_t i = 0; i < COUNT(spelling_prefixes); i++) {
        size_t length = strlen(spelling_prefixes[i].word);
        if (size >= length && memcmp(word, spelling_prefixes[i].word, length) == 0)
            return &spelling_prefixes[i];
    }
    return NULL;
}

int cs__word_is_acronym(const char *word, size_t size)
{
    return find_word(acronyms, COUNT(acronyms), word, size);
}

int cs__term_is_stop(const char *term, size_t size)
{
    return find_word(stop_words, COUNT(stop_words), term, size);
}

static int pairs_sorted(const struct cs__word_pair *table, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(table[i - 1].word, table[i].word) >= 0)
            return 0;
    return 1;
}

static int words_sorted(const char *const *table, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(table[i - 1], table[i]) >= 0)
            return 0;
    return 1;
}

int cs__word_tables_sorted(void)
{
    return pairs_sorted(exceptions, COUNT(exceptions)) && pairs_sorted(spellings, COUNT(spellings)) &&
           words_sorted(acronyms, COUNT(acronyms)) && words_sorted(stop_words, COUNT(stop_words));
}
