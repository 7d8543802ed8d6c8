package io.podcapture.pcap;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a capture file holds.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class StatisticsReport {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path file;
    private final String format;
    private final long fileOctets;
    private final List<Interface> interfaces;
    private final long outOfOrder;
    private final long withoutTimestamp;
    private final ReadingReport reading;
    private final Optional<String> sha256;

    StatisticsReport(Path file, long fileOctets, PacketCount count, Optional<String> sha256) {
        this.file = file;
        this.fileOctets = fileOctets;
        this.sha256 = sha256;
        format = count.cursor.reader() instanceof PcapngReader ? "pcapng" : "pcap";
        interfaces = Arrays.stream(count.interfaces()).map(Interface::new).toList();
        outOfOrder = count.outOfOrder;
        withoutTimestamp = count.withoutTimestamp;
        reading = new ReadingReport(count.cursor);
    }

    /** {@return the file} */
    public Path file() {
        return file;
    }

    /** {@return {@code pcap} or {@code pcapng}, whether compressed or not} */
    public String format() {
        return format;
    }

    /** {@return how many octets the file has on its disk} */
    public long fileOctets() {
        return fileOctets;
    }

    /** {@return one per interface in file order, over all sections; pcap has one per file glued together} */
    public List<Interface> interfaces() {
        return interfaces;
    }

    /** {@return how many packets there are} */
    public long packets() {
        return interfaces.stream().mapToLong(Interface::packets).sum();
    }

    /** {@return octets of packets in the file, without headers} */
    public long capturedOctets() {
        return interfaces.stream().mapToLong(Interface::capturedOctets).sum();
    }

    /** {@return octets that the packets had on the wire} */
    public long originalOctets() {
        return interfaces.stream().mapToLong(Interface::originalOctets).sum();
    }

    /** {@return the earliest time of a packet; empty if none states one} */
    public Optional<Instant> firstTimestamp() {
        return interfaces.stream().flatMap(of -> of.firstTimestamp().stream()).min(Instant::compareTo);
    }

    /** {@return the latest time of a packet; empty if none states one} */
    public Optional<Instant> lastTimestamp() {
        return interfaces.stream().flatMap(of -> of.lastTimestamp().stream()).max(Instant::compareTo);
    }

    /** {@return from the earliest to the latest packet; zero if no packet states a time} */
    public Duration duration() {
        return firstTimestamp()
                .map(first -> Duration.between(first, lastTimestamp().orElse(first)))
                .orElse(Duration.ZERO);
    }

    /** {@return packets per second of {@link #duration()}; 0 if that is zero} */
    public double packetRate() {
        return rate(packets());
    }

    /** {@return octets on the wire per second of {@link #duration()}; 0 if that is zero} */
    public double octetRate() {
        return rate(originalOctets());
    }

    /** {@return how many packets are earlier than one before them} */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** {@return whether no packet is earlier than the one before it} */
    public boolean ordered() {
        return outOfOrder == 0;
    }

    /** {@return how many packets state no time} */
    public long withoutTimestamp() {
        return withoutTimestamp;
    }

    /** {@return what was found damaged, cut or put right} */
    public ReadingReport reading() {
        return reading;
    }

    /** {@return the SHA-256 of the file's octets in lowercase hex, if it was asked for} */
    public Optional<String> sha256() {
        return sha256;
    }

    @Override
    public String toString() {
        return file + ": " + packets() + " packets, " + capturedOctets() + " octets, " + reading;
    }

    private double rate(long count) {
        Duration duration = duration();
        return duration.isZero() ? 0 : count / (duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND);
    }

    /**
     * What one interface of the file saw.
     *
     * @since 0.1
     */
    public static final class Interface {
        private final InterfaceDescription description;
        private final long packets;
        private final long capturedOctets;
        private final long originalOctets;
        private final Optional<Instant> firstTimestamp;
        private final Optional<Instant> lastTimestamp;
        private final Optional<InterfaceStatistics> counted;

        Interface(PacketCount.OfInterface from) {
            description = from.description;
            packets = from.packets;
            capturedOctets = from.captured;
            originalOctets = from.original;
            firstTimestamp = from.first();
            lastTimestamp = from.last();
            counted = from.counted;
        }

        /** {@return its link type, snaplen, and names} */
        public InterfaceDescription description() {
            return description;
        }

        /** {@return how many packets it has in the file} */
        public long packets() {
            return packets;
        }

        /** {@return octets of them in the file, without headers} */
        public long capturedOctets() {
            return capturedOctets;
        }

        /** {@return octets that they had on the wire} */
        public long originalOctets() {
            return originalOctets;
        }

        /** {@return the earliest time of its packets; empty if none states one} */
        public Optional<Instant> firstTimestamp() {
            return firstTimestamp;
        }

        /** {@return the latest time of its packets; empty if none states one} */
        public Optional<Instant> lastTimestamp() {
            return lastTimestamp;
        }

        /**
         * {@return what the capturing program counted, drops among it, as the last Interface Statistics Block of the
         * interface tells, without its comment} Empty if there is none.
         */
        public Optional<InterfaceStatistics> counted() {
            return counted;
        }
    }
}
