package io.podcapture.testkit.wire;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Collects how a capture is made. For one thread; started once.
 *
 * @since 0.1
 */
public final class WireCaptureBuilder {
    private static final int LARGEST_SNAPLEN = 262_144;
    private static final int DEFAULT_BUFFER = 2 << 20;

    private final WireInterface seen;
    private final Events events;
    private @Nullable String filter;
    private @Nullable Integer snaplen;
    private @Nullable Integer kernelBuffer;
    private @Nullable Duration blockTimeout;
    private boolean immediate;

    WireCaptureBuilder(WireInterface seen, Events events) {
        this.seen = seen;
        this.events = events;
    }

    /**
     * Captures only what a filter matches. Without, all.
     *
     * @param expression in the language of pcap-filter(7)
     * @return this
     */
    public WireCaptureBuilder filter(String expression) {
        filter = Once.set("filter", filter, expression);
        return this;
    }

    /**
     * Sets the most octets kept of a packet. Without, 262144.
     *
     * @param octets at least 1
     * @return this
     */
    public WireCaptureBuilder snaplen(int octets) {
        snaplen = Once.set("snaplen", snaplen, Once.atLeast(1, "snaplen", octets));
        return this;
    }

    /**
     * Sets how large the kernel buffer is, tcpdump's {@code -B}. Without, 2 MiB.
     *
     * @param octets at least 1; what is left of whole blocks, or slots, is not used
     * @return this
     */
    public WireCaptureBuilder kernelBuffer(int octets) {
        kernelBuffer = Once.set("kernelBuffer", kernelBuffer, Once.atLeast(1, "kernelBuffer", octets));
        return this;
    }

    /**
     * Sets how long after its first packet a block is handed over that is not full. Without, a second.
     *
     * @param timeout not negative
     * @return this
     */
    public WireCaptureBuilder blockTimeout(Duration timeout) {
        blockTimeout = Once.set("blockTimeout", blockTimeout, Once.notNegative("blockTimeout", timeout));
        return this;
    }

    /**
     * Hands each packet over at once, tcpdump's {@code --immediate-mode}: the buffer then has slots of snaplen size instead
     * of blocks, each for one packet.
     *
     * @return this
     */
    public WireCaptureBuilder immediate() {
        immediate = true;
        return this;
    }

    /**
     * Starts the capture at the wire's present moment.
     *
     * @return the capture
     * @throws FilterSyntaxException if the filter cannot be compiled
     */
    public WireCapture start() throws FilterSyntaxException {
        int kept = snaplen != null ? snaplen : LARGEST_SNAPLEN;
        PacketFilter compiled = PacketFilter.compile(filter != null ? filter : "", seen.linkType(), kept);
        int octets = kernelBuffer != null ? kernelBuffer : DEFAULT_BUFFER;
        Duration timeout = blockTimeout != null ? blockTimeout : Duration.ofSeconds(1);
        KernelBuffer buffer = immediate
                ? KernelBuffer.ofSlots(octets, kept, events)
                : KernelBuffer.ofBlocks(octets, timeout.toNanos(), events);
        WireCapture capture = new WireCapture(seen, compiled, kept, buffer, events);
        seen.attach(capture);
        return capture;
    }
}
