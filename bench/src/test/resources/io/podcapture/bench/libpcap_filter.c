/*
 * Nanoseconds libpcap's interpreter takes for a packet. Needs no header of libpcap: what it calls is declared here.
 *
 * usage: libpcap_filter PROGRAM PACKETS MILLISECONDS
 *
 * PROGRAM is what tcpdump -ddd prints; PACKETS is, for each packet, its length as a decimal line and its octets. Prints
 * the nanoseconds and how many of the packets are kept.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct instruction {
    uint16_t code;
    uint8_t jump_true;
    uint8_t jump_false;
    uint32_t operand;
};

typedef unsigned (*filter_function)(const struct instruction *, const unsigned char *, unsigned, unsigned);

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static void *checked(void *pointer, const char *what)
{
    if (pointer == NULL) {
        fprintf(stderr, "no %s\n", what);
        exit(1);
    }
    return pointer;
}

int main(int argc, char **argv)
{
    void *library = checked(dlopen("libpcap.so.0.8", RTLD_NOW), "libpcap");
    filter_function filter = (filter_function) checked(dlsym(library, "bpf_filter"), "bpf_filter");
    FILE *in = checked(argc == 4 ? fopen(argv[1], "r") : NULL, "program");
    unsigned count, code, jump_true, jump_false, operand;
    if (fscanf(in, "%u", &count) != 1) {
        return 1;
    }
    struct instruction *program = checked(calloc(count, sizeof *program), "memory");
    for (unsigned i = 0; i < count; i++) {
        if (fscanf(in, "%u %u %u %u", &code, &jump_true, &jump_false, &operand) != 4) {
            return 1;
        }
        program[i] = (struct instruction) {code, jump_true, jump_false, operand};
    }
    fclose(in);

    in = checked(fopen(argv[2], "r"), "packets");
    unsigned char *octets = checked(malloc(1 << 24), "memory");
    unsigned *lengths = checked(calloc(1 << 16, sizeof *lengths), "memory");
    unsigned packets = 0, end = 0, length;
    while (fscanf(in, "%u", &length) == 1) {
        getc(in);
        if (fread(octets + end, 1, length, in) != length) {
            return 1;
        }
        lengths[packets++] = length;
        end += length;
    }

    unsigned long kept = 0, rounds = 0;
    double began = now(), ended;
    do {
        for (unsigned i = 0, at = 0; i < packets; at += lengths[i++]) {
            kept += filter(program, octets + at, lengths[i], lengths[i]) != 0;
        }
        rounds++;
        ended = now();
    } while (ended - began < atof(argv[3]) * 1e6);
    printf("%f %lu\n", (ended - began) / rounds / packets, kept / rounds);
    return 0;
}
