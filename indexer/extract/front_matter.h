/* SPDX-License-Identifier: MIT */
/* Front matter: what its author says of a document at the top of it, between lines of three hyphens. */
#ifndef INDEXER_EXTRACT_FRONT_MATTER_H
#define INDEXER_EXTRACT_FRONT_MATTER_H

#include <stddef.h>

#include "indexer/extract/builder.h"

/**
 * Keep each `key: value` line of a text's front matter as a property "set.key"; a list ("[a, b]", or "- a"
 * lines below the key) as one property an item. Quotes around a value go.
 *
 * Returns the bytes it takes, 0 where there is none: a line of hyphens that no second one follows, or with
 * other lines between, is part of the text.
 */
size_t cs__front_matter(struct cs__builder *builder, const char *text, size_t size);

#endif
