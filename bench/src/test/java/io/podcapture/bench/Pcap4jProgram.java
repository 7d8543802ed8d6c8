package io.podcapture.bench;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/** What people write with pcap4j, in a process of its own. */
public final class Pcap4jProgram {
    /** The status where libpcap is not there. */
    static final int NO_LIBRARY = 3;

    private static final int SNAPLEN = 262_144;
    private static final int ROUNDS = 8;
    private static final long ROUND_NANOS = 300_000_000L;

    private Pcap4jProgram() {}

    /** With {@code merge}, the output and the inputs; or {@code filter}, an expression and a file of packets. */
    public static void main(String[] args) throws Exception {
        try {
            if (args[0].equals("merge")) {
                merge(args[1], Arrays.asList(args).subList(2, args.length));
            } else {
                filter(args[1], Path.of(args[2]));
            }
        } catch (LinkageError e) {
            System.err.println("pcap4j: " + e);
            System.exit(NO_LIBRARY);
        }
    }

    private static final class Input implements AutoCloseable {
        private final PcapHandle handle;
        byte @Nullable [] packet;
        Timestamp time = new Timestamp(0);

        Input(String file) throws PcapNativeException {
            handle = Pcaps.openOffline(file);
        }

        boolean next() throws NotOpenException {
            packet = handle.getNextRawPacket();
            time = handle.getTimestamp();
            return packet != null;
        }

        @Override
        public void close() {
            handle.close();
        }
    }

    private static void merge(String output, List<String> files) throws PcapNativeException, NotOpenException {
        PriorityQueue<Input> queue = new PriorityQueue<>(Comparator.comparing((Input input) -> input.time));
        try (PcapHandle dead = Pcaps.openDead(DataLinkType.EN10MB, SNAPLEN);
                PcapDumper dumper = dead.dumpOpen(output)) {
            for (String file : files) {
                enqueue(queue, new Input(file));
            }
            for (Input next = queue.poll(); next != null; next = queue.poll()) {
                dumper.dumpRaw(next.packet, next.time);
                enqueue(queue, next);
            }
        }
    }

    private static void enqueue(PriorityQueue<Input> queue, Input input) throws NotOpenException {
        if (input.next()) {
            queue.add(input);
        } else {
            input.close();
        }
    }

    private static void filter(String expression, Path file) throws IOException, PcapNativeException, NotOpenException {
        List<byte[]> packets = FilterInputs.read(file);
        try (PcapHandle dead = Pcaps.openDead(DataLinkType.EN10MB, SNAPLEN)) {
            BpfProgram program = dead.compileFilter(
                    expression, BpfProgram.BpfCompileMode.OPTIMIZE, (Inet4Address) InetAddress.getByName("0.0.0.0"));
            double best = Double.MAX_VALUE;
            long kept = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                int passes = 0;
                long ended;
                do {
                    kept = packets.stream()
                            .filter(packet -> program.applyFilter(packet, packet.length, packet.length))
                            .count();
                    passes++;
                    ended = System.nanoTime();
                } while (ended - began < ROUND_NANOS);
                best = Math.min(best, (double) (ended - began) / passes / packets.size());
            }
            System.out.println(String.format(Locale.ROOT, "%f %d", best, kept));
        }
    }
}
