package io.podcapture.pcap.filter;

/**
 * One instruction of classic BPF, with the codes of the kernel and libpcap ({@code net/bpf.h}). Jumps are relative to the
 * next instruction, as theirs, but may be longer than 255.
 *
 * @param code class, size, mode, operation and source
 * @param jumpTrue instructions to skip if the comparison holds; else 0
 * @param jumpFalse instructions to skip if it does not; else 0
 * @param operand the constant, offset, scratch word or, for an unconditional jump, how many instructions to skip
 */
record Instruction(int code, int jumpTrue, int jumpFalse, int operand) {}
