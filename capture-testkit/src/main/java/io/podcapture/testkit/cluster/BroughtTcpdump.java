package io.podcapture.testkit.cluster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * A program that runs the stand-in of the pod in which it is started, under the name it was called by, and has nothing of a
 * cluster or machine in it: what a method takes for a tcpdump that was linked statically, and brings into a container.
 *
 * <p>An ELF file that the kernel loads whole: header, one segment, the code and the words it needs. The code is
 * {@code execve("/bin/sh", {"/bin/sh", "-c", SCRIPT, argv[0], argv[1], ...}, environment)}: it puts the three pointers before
 * those that it was given, the last in place of their count. If that fails it ends with status 127.
 */
final class BroughtTcpdump {
    /** The variable with the directory of the pod in which a process runs. */
    static final String POD = "SIMULATED_POD";

    private static final int ADDRESS = 0x400000;
    private static final int HEADERS = 64 + 56;
    private static final String WORDS = "/bin/sh\0-c\0. \"$" + POD + "/bin/tcpdump\"\0";

    private record Machine(int number, String code) {}

    private static final Map<String, Machine> MACHINES = Map.of(
            "amd64",
            new Machine(
                    62,
                    "488b0c24" // mov rcx, [rsp]
                            + "488d54cc10" // lea rdx, [rsp+rcx*8+16]
                            + "488d0535000000" // lea rax, [rip+script]
                            + "48890424" // mov [rsp], rax
                            + "488d0527000000" // lea rax, [rip+dash_c]
                            + "50" // push rax
                            + "488d3d17000000" // lea rdi, [rip+shell]
                            + "57" // push rdi
                            + "4889e6" // mov rsi, rsp
                            + "b83b000000" // mov eax, 59
                            + "0f05" // syscall
                            + "bf7f000000" // mov edi, 127
                            + "b83c000000" // mov eax, 60
                            + "0f05"), // syscall
            "arm64",
            new Machine(
                    183,
                    "e20340f9" // ldr x2, [sp]
                            + "e26f228b" // add x2, sp, x2, lsl #3
                            + "42400091" // add x2, x2, #16
                            + "60010010" // adr x0, shell
                            + "83010010" // adr x3, dash_c
                            + "64010070" // adr x4, script
                            + "e40300f9" // str x4, [sp]
                            + "e00fbfa9" // stp x0, x3, [sp, #-16]!
                            + "e1030091" // mov x1, sp
                            + "a81b80d2" // mov x8, #221
                            + "010000d4" // svc #0
                            + "e00f80d2" // mov x0, #127
                            + "a80b80d2" // mov x8, #93
                            + "010000d4")); // svc #0

    private BroughtTcpdump() {}

    /**
     * Returns the octets of the program.
     *
     * @param architecture as Kubernetes calls it
     * @throws IllegalArgumentException if there is none for it
     */
    static byte[] program(String architecture) {
        Machine machine = MACHINES.get(architecture);
        if (machine == null) {
            throw new IllegalArgumentException(
                    "a simulated cluster has no tcpdump for " + architecture + ", just for amd64 and arm64");
        }
        byte[] code = HexFormat.of().parseHex(machine.code());
        byte[] words = WORDS.getBytes(StandardCharsets.US_ASCII);
        int size = HEADERS + code.length + words.length;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        // An executable; its machine; version, entry, offsets of the program headers and of no section headers.
        file.putShort((short) 2).putShort((short) machine.number()).putInt(1);
        file.putLong(ADDRESS + HEADERS).putLong(64).putLong(0);
        // Flags; the sizes of this header and of a program header, of which there is one; no section headers.
        file.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 1);
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        // A segment to load, to read and to execute: all of the file; aligned for pages of every size.
        file.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
        file.putLong(size).putLong(size).putLong(0x10000);
        return file.put(code).put(words).array();
    }
}
