/* SPDX-License-Identifier: MIT */
/* Where the index is: what was asked for, else the environment, else the user's own data folder. */
#ifndef CLI_INDEX_PATH_H
#define CLI_INDEX_PATH_H

/**
 * `given` where it is not NULL; else $CS_INDEX; else $XDG_DATA_HOME/cs-search/index.db (the XDG Base
 * Directory Specification lets only an absolute path count); else ~/.local/share/cs-search/index.db.
 *
 * The caller owns the path; release it with free(). NULL when there is none ($HOME unset) or memory is out.
 */
char *cs__index_path(const char *given);

#endif
