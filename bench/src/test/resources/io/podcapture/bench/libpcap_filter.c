/*
 * Nanoseconds libpcap takes. Needs no header of libpcap: what it calls is declared here.
 *
 * usage: libpcap_filter run PROGRAM PACKETS MILLISECONDS
 *        libpcap_filter compile EXPRESSIONS
 *
 * run: PROGRAM is what tcpdump -ddd prints; PACKETS is, for each packet, its length as a decimal line and its octets.
 * Prints the nanoseconds of the interpreter for a packet, and how many of the packets are kept.
 *
 * compile: EXPRESSIONS has at least ten, one a line. Prints the nanoseconds of the first, and the median of the last ten.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct instruction {
    uint16_t code;
    uint8_t jump_true;
    uint8_t jump_false;
    uint32_t operand;
};

struct compiled {
    unsigned count;
    struct instruction *instructions;
};

enum { ETHERNET = 1, SNAPLEN = 262144, LAST = 10 };

typedef unsigned (*filter_function)(const struct instruction *, const unsigned char *, unsigned, unsigned);
typedef void *(*open_function)(int, int);
typedef int (*compile_function)(void *, struct compiled *, const char *, int, uint32_t);
typedef void (*free_function)(struct compiled *);

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

static int by_value(const void *one, const void *other)
{
    double a = *(const double *) one, b = *(const double *) other;
    return (a > b) - (a < b);
}

static int run(void *library, char **argv)
{
    filter_function filter = (filter_function) checked(dlsym(library, "bpf_filter"), "bpf_filter");
    FILE *in = checked(fopen(argv[0], "r"), "program");
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

    in = checked(fopen(argv[1], "r"), "packets");
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
    } while (ended - began < atof(argv[2]) * 1e6);
    printf("%f %lu\n", (ended - began) / rounds / packets, kept / rounds);
    return 0;
}

static int compile(void *library, const char *expressions)
{
    open_function open_dead = (open_function) checked(dlsym(library, "pcap_open_dead"), "pcap_open_dead");
    compile_function compile = (compile_function) checked(dlsym(library, "pcap_compile"), "pcap_compile");
    free_function free_code = (free_function) checked(dlsym(library, "pcap_freecode"), "pcap_freecode");
    FILE *in = checked(fopen(expressions, "r"), "expressions");
    void *packets = checked(open_dead(ETHERNET, SNAPLEN), "memory");
    static char expression[1 << 16];
    double first = 0, last[LAST];
    unsigned count = 0;
    for (; fgets(expression, sizeof expression, in) != NULL; count++) {
        expression[strcspn(expression, "\n")] = 0;
        struct compiled program;
        double began = now();
        if (compile(packets, &program, expression, 1, UINT32_MAX) != 0) {
            fprintf(stderr, "not compiled: %s\n", expression);
            return 1;
        }
        double taken = now() - began;
        free_code(&program);
        first = count == 0 ? taken : first;
        last[count % LAST] = taken;
    }
    if (count < LAST) {
        return 1;
    }
    qsort(last, LAST, sizeof *last, by_value);
    printf("%f %f\n", first, last[LAST / 2]);
    return 0;
}

int main(int argc, char **argv)
{
    void *library = checked(dlopen("libpcap.so.0.8", RTLD_NOW), "libpcap");
    if (argc == 5 && strcmp(argv[1], "run") == 0) {
        return run(library, argv + 2);
    }
    if (argc == 3 && strcmp(argv[1], "compile") == 0) {
        return compile(library, argv[2]);
    }
    fprintf(stderr, "usage: libpcap_filter run PROGRAM PACKETS MILLISECONDS | compile EXPRESSIONS\n");
    return 1;
}
