/* SPDX-License-Identifier: MIT */
/* A cs-extract that was taken over: it answers each request as the file's name tells it to. For tests of the
 * pool. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "indexer/extract_frame.h"

static void send_bytes(const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t sent = send(CS__FRAME_DESCRIPTOR, at, size, MSG_NOSIGNAL);
        if (sent <= 0)
            _exit(0);
        at += sent;
        size -= (size_t)sent;
    }
}

static void send_header(uint32_t type, uint32_t size)
{
    struct cs__frame_header header = {type, size};
    send_bytes(&header, sizeof header);
}

static void send_buffer(struct cs__buffer *frame)
{
    send_bytes(frame->data, frame->size);
    cs__buffer_free(frame);
}

static void send_message(enum cs__frame_type type, const char *message)
{
    struct cs__buffer frame = {0};
    cs__frame_put_message(&frame, type, message);
    send_buffer(&frame);
}

/* A small good text of `format`. */
static struct cs__buffer text_frame(const char *format)
{
    static char utf8[] = "A line.\nAnother one.\n\fOn page two.\n";
    static struct cs__line lines[] = {{.start = 0, .end = 7, .page = 1},
                                      {.start = 8, .end = 20, .page = 1, .role = CS__ROLE_BULLET, .level = 1},
                                      {.start = 22, .end = 34, .page = 2}};
    static struct cs__property properties[] = {{"title", "A title"}, {"set.kind", "other"}};
    static const char *warnings[] = {"a warning"};
    struct cs__text text = {.format = format,
                            .record = strcmp(format, "jsonl") == 0 ? "id" : NULL,
                            .utf8 = utf8,
                            .size = sizeof utf8 - 1,
                            .lines = lines,
                            .line_count = 3,
                            .pages = 2,
                            .properties = properties,
                            .property_count = 2,
                            .warnings = warnings,
                            .warning_count = 1};
    struct cs__buffer frame = {0};
    cs__frame_put_text(&frame, &text);
    return frame;
}

static void send_text(const char *format)
{
    struct cs__buffer frame = text_frame(format);
    send_buffer(&frame);
}

/* A good frame with some bytes changed; its header stays, so that the payload is looked at. */
static void send_mutant(unsigned seed)
{
    struct cs__buffer frame = text_frame("pdf");
    srand(seed);
    for (int changes = 1 + rand() % 4; changes > 0; changes--) {
        size_t at =
            sizeof(struct cs__frame_header) + (size_t)rand() % (frame.size - sizeof(struct cs__frame_header));
        frame.data[at] = (char)(rand() % 256);
    }
    send_buffer(&frame);
    send_message(CS__FRAME_END, NULL);
}

static void send_slowly(void)
{
    struct cs__buffer frame = text_frame("pdf");
    for (size_t i = 0; i < frame.size; i++) {
        send_bytes(frame.data + i, 1);
        usleep(200);
    }
    cs__buffer_free(&frame);
    send_message(CS__FRAME_END, NULL);
}

static void answer(const char *name)
{
    if (strcmp(name, "hang") == 0) {
        pause();
    } else if (strcmp(name, "spin") == 0) {
        for (volatile int i = 0;; i++)
            ;
    } else if (strcmp(name, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    } else if (strcmp(name, "exit") == 0) {
        _exit(3);
    } else if (strcmp(name, "huge") == 0) {
        send_header(CS__FRAME_TEXT, 0xFFFFFFF0u);
    } else if (strcmp(name, "unknown") == 0) {
        send_header(77, 0);
    } else if (strcmp(name, "hello") == 0) {
        send_header(CS__FRAME_HELLO, 0);
    } else if (strcmp(name, "short") == 0) {
        send_header(CS__FRAME_TEXT, 5);
        send_bytes("abcde", 5);
    } else if (strcmp(name, "half") == 0) {
        send_header(CS__FRAME_TEXT, 500);
        send_bytes("abcde", 5);
        _exit(0);
    } else if (strcmp(name, "twice") == 0) {
        send_text("pdf");
        send_text("pdf");
    } else if (strcmp(name, "endless") == 0) {
        for (;;)
            send_text("jsonl");
    } else if (strcmp(name, "chatter") == 0) {
        for (;;)
            send_message(CS__FRAME_WARNING, "again");
    } else if (strcmp(name, "escape") == 0) {
        send_message(CS__FRAME_FAILED, "red \x1b[31m \xFF \n end");
    } else if (strcmp(name, "slow") == 0) {
        send_slowly();
    } else if (strncmp(name, "mutant-", 7) == 0) {
        send_mutant((unsigned)strtoul(name + 7, NULL, 10));
    } else {
        send_text("pdf");
        send_message(CS__FRAME_END, NULL);
    }
}

static int receive(void *out, size_t size)
{
    char control[CMSG_SPACE(sizeof(int))];
    struct iovec part = {out, size};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (size == 0)
        return 1;
    if (recvmsg(CS__FRAME_DESCRIPTOR, &message, MSG_WAITALL) != (ssize_t)size)
        return 0;
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    int descriptor = -1;
    if (rights != NULL)
        memcpy(&descriptor, CMSG_DATA(rights), sizeof descriptor);
    close(descriptor);
    return 1;
}

int main(void)
{
    uint32_t version = CS__FRAME_VERSION;
    struct cs__frame_request request;
    char name[CS__FRAME_NAME_MAX + 1];
    send_header(CS__FRAME_HELLO, sizeof version);
    send_bytes(&version, sizeof version);
    while (receive(&request, sizeof request) && receive(name, request.name_size)) {
        name[request.name_size] = '\0';
        answer(name);
    }
    return 0;
}
