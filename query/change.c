/* SPDX-License-Identifier: MIT */
/* Change: what two visits say of something, and whether they looked -> what became of it. */
#include "query/change.h"

static int good_of(cs_tone tone)
{
    switch (tone) {
    case CS_TONE_CONCERN:
        return 0;
    case CS_TONE_MIXED:
        return 1;
    case CS_TONE_PROGRESS:
        return 2;
    case CS_TONE_STRENGTH:
        return 3;
    default:
        return -1;
    }
}

cs_change cs__change_of(const cs_tone tones[2], const int said[2], const cs_scope scopes[2])
{
    if (said[0] && said[1]) {
        int before = good_of(tones[0]), after = good_of(tones[1]);
        if (before < 0 || after < 0 || before == after)
            return CS_CHANGE_SAME;
        return after > before ? CS_CHANGE_BETTER : CS_CHANGE_WORSE;
    }
    cs_scope silent = scopes[said[0] ? 1 : 0];
    if (silent == CS_SCOPE_UNKNOWN)
        return CS_CHANGE_NOT_KNOWN;
    if (silent == CS_SCOPE_OUT)
        return said[0] ? CS_CHANGE_NOT_LOOKED_AT : CS_CHANGE_NOT_LOOKED_AT_BEFORE;
    return said[0] ? CS_CHANGE_GONE : CS_CHANGE_NEW;
}

const char *cs_change_name(cs_change change)
{
    static const char *const names[] = {[CS_CHANGE_SAME] = "same",
                                        [CS_CHANGE_BETTER] = "better",
                                        [CS_CHANGE_WORSE] = "worse",
                                        [CS_CHANGE_NEW] = "new",
                                        [CS_CHANGE_GONE] = "gone",
                                        [CS_CHANGE_NOT_LOOKED_AT] = "not looked at",
                                        [CS_CHANGE_NOT_LOOKED_AT_BEFORE] = "not looked at before",
                                        [CS_CHANGE_NOT_KNOWN] = "scope unknown"};
    return change >= CS_CHANGE_SAME && change <= CS_CHANGE_NOT_KNOWN ? names[change] : "";
}
