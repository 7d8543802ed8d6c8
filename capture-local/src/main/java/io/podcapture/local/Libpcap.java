package io.podcapture.local;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libpcap that a live capture needs. Names and numbers are those of {@code pcap/pcap.h}.
 *
 * <p>pcap4j has them too, but packs each packet into some ten objects, makes a native callback for each call of {@code
 * pcap_dispatch} and writes a line of log at level INFO for it.
 */
final class Libpcap {
    static final int ERROR = -1;
    static final int NO_SUCH_DEVICE = -5;
    static final int PERMISSION_DENIED = -8;
    static final int INTERFACE_NOT_UP = -9;
    static final int PROMISCUOUS_MODE_DENIED = -11;
    static final int NANOSECONDS = 1;

    // PCAP_ERRBUF_SIZE.
    private static final int WORDS = 256;
    // struct pcap_stat has 12 octets; that of Windows has more.
    private static final int STATISTICS = 64;

    static {
        // pcap4j's name for it, so that both take the same library.
        Native.register(
                Libpcap.class,
                System.getProperty("org.pcap4j.core.pcapLibName", Platform.isWindows() ? "wpcap" : "pcap"));
    }

    private Libpcap() {}

    static byte[] words() {
        return new byte[WORDS];
    }

    /** Returns the names of all devices that libpcap finds; none if it cannot tell. */
    static List<String> devices() {
        PointerByReference first = new PointerByReference();
        List<String> names = new ArrayList<>();
        if (pcap_findalldevs(first, words()) != 0) {
            return names;
        }
        // struct pcap_if begins with the next one and the name.
        for (Pointer at = first.getValue(); at != null; at = at.getPointer(0)) {
            names.add(at.getPointer(Native.POINTER_SIZE).getString(0));
        }
        if (first.getValue() != null) {
            pcap_freealldevs(first.getValue());
        }
        return names;
    }

    /** Returns room for what {@link #pcap_stats} tells: received, dropped, dropped by the interface, 32 bits each. */
    static Memory statistics() {
        return new Memory(STATISTICS);
    }

    static native String pcap_lib_version();

    static native int pcap_findalldevs(PointerByReference first, byte[] words);

    static native void pcap_freealldevs(Pointer first);

    static native int pcap_lookupnet(String device, IntByReference net, IntByReference mask, byte[] words);

    static native @Nullable Pointer pcap_create(String device, byte[] words);

    static native int pcap_set_snaplen(Pointer handle, int octets);

    static native int pcap_set_promisc(Pointer handle, int on);

    static native int pcap_set_timeout(Pointer handle, int millis);

    static native int pcap_set_buffer_size(Pointer handle, int octets);

    static native int pcap_set_tstamp_precision(Pointer handle, int precision);

    static native int pcap_get_tstamp_precision(Pointer handle);

    static native int pcap_activate(Pointer handle);

    static native int pcap_datalink(Pointer handle);

    static native int pcap_set_datalink(Pointer handle, int type);

    static native int pcap_snapshot(Pointer handle);

    static native int pcap_compile(Pointer handle, Pointer program, String filter, int optimize, int netmask);

    static native int pcap_setfilter(Pointer handle, Pointer program);

    static native void pcap_freecode(Pointer program);

    static native int pcap_setnonblock(Pointer handle, int on, byte[] words);

    static native int pcap_next_ex(Pointer handle, Pointer header, Pointer octets);

    static native int pcap_stats(Pointer handle, Pointer statistics);

    static native String pcap_geterr(Pointer handle);

    static native String pcap_statustostr(int code);

    static native void pcap_close(Pointer handle);
}
