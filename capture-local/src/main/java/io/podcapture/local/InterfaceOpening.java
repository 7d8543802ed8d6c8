package io.podcapture.local;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.podcapture.CaptureException;
import io.podcapture.spi.CaptureRequest;
import java.time.Duration;

/** Opens an interface as tcpdump does: promiscuous, with a big kernel buffer and not in immediate mode, which loses bursts. */
final class InterfaceOpening {
    /** After so long the kernel gives out a block of its buffer that is not full. */
    static final Duration HAND_OVER = Duration.ofMillis(100);

    private static final String ALL = "any";
    private static final int COOKED_V2 = 276;
    private static final int OPTIMIZE = 1;
    // struct bpf_program: a number and an address.
    private static final int PROGRAM = 16;

    private final CaptureRequest request;
    private final LiveFailure failure;
    private final Pointer handle;

    private InterfaceOpening(CaptureRequest request, LiveFailure failure, Pointer handle) {
        this.request = request;
        this.failure = failure;
        this.handle = handle;
    }

    /**
     * Opens the interface that a request names, and attaches its filter.
     *
     * @throws CaptureException if libpcap is missing, or refuses
     */
    static LiveInterface open(CaptureRequest request) {
        LibpcapPresence.require();
        LiveFailure failure = new LiveFailure(request);
        byte[] words = Libpcap.words();
        Pointer handle = Libpcap.pcap_create(request.interfaceName(), words);
        if (handle == null) {
            throw failure.of(Libpcap.ERROR, Native.toString(words));
        }
        boolean ready = false;
        try {
            InterfaceOpening opening = new InterfaceOpening(request, failure, handle);
            opening.activate();
            opening.attachFilter();
            LiveInterface live = new LiveInterface(handle, failure);
            ready = true;
            return live;
        } finally {
            if (!ready) {
                Libpcap.pcap_close(handle);
            }
        }
    }

    private void activate() {
        require(Libpcap.pcap_set_snaplen(handle, request.snaplen()));
        require(Libpcap.pcap_set_promisc(handle, 1));
        require(Libpcap.pcap_set_timeout(handle, (int) HAND_OVER.toMillis()));
        require(Libpcap.pcap_set_buffer_size(handle, (int) request.kernelBuffer()));
        // Where it has none, microseconds stay.
        Libpcap.pcap_set_tstamp_precision(handle, Libpcap.NANOSECONDS);
        require(Libpcap.pcap_activate(handle));
        if (request.interfaceName().equals(ALL)) {
            // Tells of each packet its interface; as tcpdump does, and libpcap by itself does not. Before 1.10 there is
            // none.
            Libpcap.pcap_set_datalink(handle, COOKED_V2);
        }
        byte[] words = Libpcap.words();
        if (Libpcap.pcap_setnonblock(handle, 1, words) < 0) {
            throw failure.of(Libpcap.ERROR, Native.toString(words));
        }
    }

    private void attachFilter() {
        if (request.filter().isBlank()) {
            return;
        }
        IntByReference net = new IntByReference();
        IntByReference mask = new IntByReference();
        // Without an address there is none; then it is 0, as for tcpdump.
        Libpcap.pcap_lookupnet(request.interfaceName(), net, mask, Libpcap.words());
        try (Memory program = new Memory(PROGRAM)) {
            program.clear();
            if (Libpcap.pcap_compile(handle, program, request.filter(), OPTIMIZE, mask.getValue()) < 0) {
                throw failure.ofFilter(Libpcap.pcap_geterr(handle));
            }
            try {
                require(Libpcap.pcap_setfilter(handle, program));
            } finally {
                Libpcap.pcap_freecode(program);
            }
        }
    }

    private void require(int code) {
        if (code < 0) {
            String words = Libpcap.pcap_geterr(handle);
            String status = Libpcap.pcap_statustostr(code);
            throw failure.of(code, code == Libpcap.ERROR || !words.isBlank() ? words : status);
        }
    }
}
