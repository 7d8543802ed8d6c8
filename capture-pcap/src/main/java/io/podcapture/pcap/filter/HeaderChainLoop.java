package io.podcapture.pcap.filter;

import java.util.List;

/** The instructions that follow a chain of headers: the only ones that jump back. */
final class HeaderChainLoop {
    private static final int NO_NEXT_HEADER = 59;
    private static final int AUTHENTICATION = 51;
    private static final int[] EXTENSIONS = {0, 60, 43, 44};

    private final List<Instruction> program;
    private final HeaderChain chain;
    private final int scratchWord;

    /** @param program to add to */
    HeaderChainLoop(List<Instruction> program, HeaderChain chain, int scratchWord) {
        this.program = program;
        this.chain = chain;
        this.scratchWord = scratchWord;
    }

    /** The accumulator holds a header's number, and the index register where it begins behind the network's start. */
    void write() {
        boolean ipv4 = chain.version() == 4;
        add(Bpf.LD | Bpf.B | Bpf.ABS, chain.network() + (ipv4 ? 9 : 6));
        add(ipv4 ? Bpf.LDX | Bpf.B | Bpf.MSH : Bpf.LDX | Bpf.IMM, ipv4 ? chain.network() : 40);
        int again = program.size();
        int extensions = ipv4 ? 0 : EXTENSIONS.length;
        int extensionSteps = ipv4 ? 0 : 9;
        int authenticationSteps = 8;
        int end = again + 2 + extensions + extensionSteps + 1 + authenticationSteps;
        jumpIf(chain.protocol(), end);
        jumpIf(NO_NEXT_HEADER, end);
        int extension = again + 2 + extensions + 1;
        for (int i = 0; i < extensions; i++) {
            jumpIf(EXTENSIONS[i], extension);
        }
        int authentication = end - authenticationSteps;
        int at = program.size();
        program.add(new Instruction(Bpf.JMP | Bpf.JEQ | Bpf.K, authentication - at - 1, end - at - 1, AUTHENTICATION));
        if (!ipv4) {
            next(1, Bpf.MUL, 8, true, again);
        }
        // Not behind the header it is in, but as far from the network's start: so does libpcap.
        next(2, Bpf.MUL, 4, false, again);
        add(Bpf.JMP | Bpf.JEQ | Bpf.K, chain.protocol());
    }

    /** Goes to the next header; this one says in its second octet how long it is. */
    private void next(int more, int operation, int unit, boolean behindThis, int again) {
        add(Bpf.LD | Bpf.B | Bpf.IND, chain.network());
        add(Bpf.ST, scratchWord);
        add(Bpf.LD | Bpf.B | Bpf.IND, chain.network() + 1);
        add(Bpf.ALU | Bpf.ADD | Bpf.K, more);
        add(Bpf.ALU | operation | Bpf.K, unit);
        if (behindThis) {
            add(Bpf.ALU | Bpf.ADD | Bpf.X, 0);
        }
        add(Bpf.MISC | Bpf.TAX, 0);
        add(Bpf.LD | Bpf.MEM, scratchWord);
        add(Bpf.JMP | Bpf.JA, again - program.size() - 1);
    }

    private void jumpIf(int header, int target) {
        program.add(new Instruction(Bpf.JMP | Bpf.JEQ | Bpf.K, target - program.size() - 1, 0, header));
    }

    private void add(int code, int operand) {
        program.add(new Instruction(code, 0, 0, operand));
    }
}
