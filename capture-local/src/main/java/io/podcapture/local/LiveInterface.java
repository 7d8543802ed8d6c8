package io.podcapture.local;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;

/**
 * One interface of this machine, opened by libpcap with its filter attached. Used by one thread at a time; libpcap itself knows
 * no locks.
 *
 * <p>From its opening on, every packet that passes the filter is in the kernel's buffer or counted as dropped.
 */
final class LiveInterface implements LivePackets {
    // All of the memory there is: reading at addresses makes no object for each packet.
    private static final Pointer MEMORY = new Pointer(0);

    // struct pcap_pkthdr: seconds and their fraction as C's long, then the two lengths.
    private static final int FRACTION = Native.LONG_SIZE;
    private static final int CAPTURED = 2 * Native.LONG_SIZE;
    private static final int ORIGINAL = CAPTURED + 4;

    private final Pointer handle;
    private final LiveFailure failure;
    private final Memory headerAt = new Memory(Native.POINTER_SIZE);
    private final Memory octetsAt = new Memory(Native.POINTER_SIZE);
    private final PacketCounts counts = new PacketCounts();

    LiveInterface(Pointer handle, LiveFailure failure) {
        this.handle = handle;
        this.failure = failure;
    }

    /** Returns the link type as files have it. */
    int linkType() {
        return FileLinkType.of(Libpcap.pcap_datalink(handle));
    }

    /** Returns the most octets of a packet. */
    int snaplen() {
        return Libpcap.pcap_snapshot(handle);
    }

    /** Tells whether the fraction of a second is in nanoseconds, not microseconds. */
    boolean hasNanoseconds() {
        return Libpcap.pcap_get_tstamp_precision(handle) == Libpcap.NANOSECONDS;
    }

    @Override
    public boolean next() {
        int found = Libpcap.pcap_next_ex(handle, headerAt, octetsAt);
        if (found < 0) {
            throw failure.whileRunning(Libpcap.pcap_geterr(handle));
        }
        return found > 0;
    }

    @Override
    public void write(RecordBuffer records) throws IOException {
        long header = address(headerAt);
        int captured = MEMORY.getInt(header + CAPTURED);
        int at = records.begin(
                (int) cLong(header), (int) cLong(header + FRACTION), captured, MEMORY.getInt(header + ORIGINAL));
        MEMORY.read(address(octetsAt), records.octets(), at, captured);
    }

    @Override
    public PacketCounts counts() {
        try (Memory statistics = Libpcap.statistics()) {
            if (Libpcap.pcap_stats(handle, statistics) < 0) {
                throw failure.whileRunning(Libpcap.pcap_geterr(handle));
            }
            counts.take(statistics.getInt(0), statistics.getInt(4), statistics.getInt(8));
        }
        return counts;
    }

    @Override
    public void close() {
        Libpcap.pcap_close(handle);
    }

    private static long address(Memory at) {
        return Native.POINTER_SIZE == 8 ? at.getLong(0) : at.getInt(0) & 0xffff_ffffL;
    }

    private static long cLong(long address) {
        return Native.LONG_SIZE == 8 ? MEMORY.getLong(address) : MEMORY.getInt(address);
    }
}
