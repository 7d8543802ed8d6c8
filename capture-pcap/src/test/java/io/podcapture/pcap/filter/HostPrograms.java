package io.podcapture.pcap.filter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Programs that ask for one of many hosts, the first being host 1, in Ethernet; and packets for them. */
final class HostPrograms {
    private static final int ETHERTYPE = 12;
    private static final int[][] OFFSETS = {{0x800, 26, 30}, {0x806, 28, 38}, {0x8035, 28, 38}};

    private HostPrograms() {}

    /** As they are written: for each host the protocol is asked for again, the source, the protocol, the destination. */
    static List<Instruction> unordered(int hosts) {
        List<Instruction> program = new ArrayList<>();
        int count = hosts * 24;
        for (int host = 1; host <= hosts; host++) {
            for (int[] protocol : OFFSETS) {
                for (int i = 1; i <= 2; i++) {
                    program.add(new Instruction(Bpf.LD | Bpf.H | Bpf.ABS, 0, 0, ETHERTYPE));
                    program.add(new Instruction(Bpf.JMP | Bpf.JEQ, 0, 2, protocol[0]));
                    program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, protocol[i]));
                    program.add(new Instruction(Bpf.JMP | Bpf.JEQ, count - program.size(), 0, address(host)));
                }
            }
        }
        return ended(program);
    }

    /** As an optimizer leaves them: all sources, then all destinations. */
    static List<Instruction> ordered(int hosts) {
        List<Instruction> program = new ArrayList<>();
        int count = OFFSETS.length * (2 + 2 * (hosts + 1) + 1);
        for (int[] protocol : OFFSETS) {
            program.add(new Instruction(Bpf.LD | Bpf.H | Bpf.ABS, 0, 0, ETHERTYPE));
            program.add(new Instruction(Bpf.JMP | Bpf.JEQ, 0, 2 * (hosts + 1) + 1, protocol[0]));
            for (int i = 1; i <= 2; i++) {
                program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, protocol[i]));
                for (int host = 1; host <= hosts; host++) {
                    program.add(new Instruction(Bpf.JMP | Bpf.JEQ, count - program.size(), 0, address(host)));
                }
            }
            program.add(new Instruction(Bpf.JMP | Bpf.JA, 0, 0, count - program.size() - 1));
        }
        return ended(program);
    }

    private static List<Instruction> ended(List<Instruction> program) {
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 262_144));
        return program;
    }

    /** Spread, as addresses are not. */
    static int address(int host) {
        return 0x0a00_0000 + host * 37;
    }

    static ByteBuffer packet(int protocol, int source, int destination) {
        ByteBuffer octets = ByteBuffer.allocate(60).putShort(ETHERTYPE, (short) protocol);
        int[] offsets = protocol == 0x800 ? OFFSETS[0] : OFFSETS[1];
        return octets.putInt(offsets[1], address(source)).putInt(offsets[2], address(destination));
    }
}
