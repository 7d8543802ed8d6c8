package io.podcapture.pcap.filter;

import io.podcapture.pcap.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Nanoseconds a filter takes for a packet, in a process of its own: what the virtual machine has seen of other filters
 * would count. For each line on its standard input it runs for 300 milliseconds, and prints the nanoseconds and how many of
 * the packets are kept.
 */
public final class FilterLoop {
    private FilterLoop() {}

    /**
     * With {@code compiled}, {@code class} or {@code interpreter}; {@code direct} or {@code heap}; a file of the expression
     * for the first of these, of the program for the others; and the packets.
     */
    public static void main(String[] args) throws IOException {
        Matcher matcher = matcher(args[0], Path.of(args[2]));
        byte[] file = Files.readAllBytes(Path.of(args[3]));
        ByteBuffer octets =
                args[1].equals("direct") ? ByteBuffer.allocateDirect(file.length) : ByteBuffer.allocate(file.length);
        octets.put(file);
        int[] positions = positions(file);
        System.out.println("ready");
        System.out.flush();
        for (int next = System.in.read(); next >= 0; next = System.in.read()) {
            if (next == '\n') {
                System.out.println(measure(matcher, octets, positions));
                System.out.flush();
            }
        }
    }

    private static Matcher matcher(String runner, Path file) throws IOException {
        return switch (runner) {
            case "compiled" -> PacketFilter.compile(Files.readString(file), LinkType.ETHERNET, 0)::matches;
            case "class" -> CompiledFilter.of(program(file));
            case "interpreter" -> new Interpreter(program(file));
            default -> throw new IllegalArgumentException("no such runner: " + runner);
        };
    }

    private static String measure(Matcher matcher, ByteBuffer octets, int[] positions) {
        long began = System.nanoTime();
        long ended;
        long kept = 0;
        int rounds = 0;
        do {
            kept += round(matcher, octets, positions);
            rounds++;
            ended = System.nanoTime();
        } while (ended - began < 300_000_000L);
        double nanos = (double) (ended - began) / rounds / (positions.length / 2);
        return String.format(Locale.ROOT, "%f %d", nanos, kept / rounds);
    }

    private static int round(Matcher matcher, ByteBuffer octets, int[] positions) {
        int kept = 0;
        for (int i = 0; i < positions.length; i += 2) {
            int length = positions[i + 1];
            if (matcher.matches(octets, positions[i], length, length)) {
                kept++;
            }
        }
        return kept;
    }

    /** Where each packet is, and its length. */
    private static int[] positions(byte[] file) {
        List<Integer> positions = new ArrayList<>();
        for (int at = 0; at < file.length; ) {
            int length = 0;
            for (; file[at] != '\n'; at++) {
                length = 10 * length + file[at] - '0';
            }
            positions.add(at + 1);
            positions.add(length);
            at += 1 + length;
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Reads what {@code tcpdump -ddd} prints. */
    private static List<Instruction> program(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(" "))
                .map(words -> new Instruction(
                        Integer.parseInt(words[0]),
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseUnsignedInt(words[3])))
                .toList();
    }
}
