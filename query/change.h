/* SPDX-License-Identifier: MIT */
/* Change: what two visits say of something, and whether they looked -> what became of it. */
#ifndef QUERY_CHANGE_H
#define QUERY_CHANGE_H

#include <csearch/compare.h>

/** `tones` are none where a visit says nothing; `said` are not both zero. A tone that is neither good nor bad
 * makes no change. */
cs_change cs__change_of(const cs_tone tones[2], const int said[2], const cs_scope scopes[2]);

#endif
