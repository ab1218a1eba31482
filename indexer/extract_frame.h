/* SPDX-License-Identifier: MIT */
/* Frames: what cs-index and cs-extract say to each other over a socket. Input and output: bytes.
 *
 * Both ends are built together and run on one machine, so numbers and lines travel as they lie in memory;
 * CS__FRAME_VERSION, said by the worker first, keeps an old cs-extract from being understood wrongly. The
 * worker reads hostile files and may have been taken over by one: nothing it sends is believed before
 * cs__frame_get_text() or cs__frame_get_message() has looked at it.
 *
 *   cs-index   -> request header + name, with the open file as SCM_RIGHTS
 *   cs-extract -> HELLO once; then for each request: (TEXT | WARNING)* (END | FAILED) */
#ifndef INDEXER_EXTRACT_FRAME_H
#define INDEXER_EXTRACT_FRAME_H

#include <csearch/types.h>

#include "core/buffer.h"
#include "indexer/text.h"

/** Raise with any change of what is below, or of struct cs__line. */
#define CS__FRAME_VERSION 1u

/** The descriptor of its end of the socket in the worker. */
#define CS__FRAME_DESCRIPTOR 3

/** Bytes of a file's name sent along; a longer one is sent without its beginning. */
#define CS__FRAME_NAME_MAX 1024u

/** A document's text and lines together take no more bytes (some 15,000 pages); what is beyond is left out.
 */
#define CS__FRAME_TEXT_MAX (64u << 20)
/** Properties of one document, and warnings on it, of each kind; and the bytes they take together. */
#define CS__FRAME_STRINGS_MAX 4096u
#define CS__FRAME_STRING_BYTES_MAX (8u << 20)
/** No frame is larger. */
#define CS__FRAME_SIZE_MAX (CS__FRAME_TEXT_MAX + CS__FRAME_STRING_BYTES_MAX + (1u << 16))

enum cs__frame_type {
    CS__FRAME_HELLO = 0x43534531, /**< payload: CS__FRAME_VERSION, 4 bytes */
    CS__FRAME_TEXT = 1,
    CS__FRAME_WARNING, /**< payload: a sentence */
    CS__FRAME_END,     /**< no payload */
    CS__FRAME_FAILED   /**< payload: a sentence */
};

/** Before each frame. */
struct cs__frame_header {
    uint32_t type;
    uint32_t size; /**< of the payload, in bytes */
};

/** What cs-index asks for; `name_size` bytes of name follow. */
struct cs__frame_request {
    uint64_t max_file_bytes; /**< except JSON Lines; 0: no limit */
    uint32_t timeout_ms;     /**< of the processor's time; 0: no limit */
    uint32_t name_size;
};

/** Append the whole frame of a text. `out` fails sticky. */
void cs__frame_put_text(struct cs__buffer *out, const struct cs__text *text);
/** Append a whole frame that holds a sentence, or nothing (`message` NULL). */
void cs__frame_put_message(struct cs__buffer *out, enum cs__frame_type type, const char *message);

/**
 * Read the payload of a TEXT frame; whatever the bytes are, `*out` is a text that keeps all promises of
 * text.h or nothing at all. Release it with cs__text_free() and free().
 *
 * Returns CS_OK, CS_ERR_NOMEM, CS_ERR_DOCUMENT (the payload breaks a promise).
 */
cs_status cs__frame_get_text(const char *payload, size_t size, struct cs__text **out, cs_error *error);
/** Read a sentence: valid UTF-8, in one line, without control characters, cut to `out`. */
void cs__frame_get_message(const char *payload, size_t size, char out[CS_ERROR_SIZE]);

#endif
