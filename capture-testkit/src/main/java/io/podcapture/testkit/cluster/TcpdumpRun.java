package io.podcapture.testkit.cluster;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PcapWriter;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of tcpdump, from its arguments to its exit status. */
final class TcpdumpRun {
    private final PodInterfaces interfaces;
    private final Duration blockTimeout;
    private final OutputStream out;
    private final OutputStream err;
    private @Nullable KernelBuffer buffer;
    private boolean stopped;

    TcpdumpRun(PodInterfaces interfaces, Duration blockTimeout, OutputStream out, OutputStream err) {
        this.interfaces = interfaces;
        this.blockTimeout = blockTimeout;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until it has enough packets, is told to end, or cannot go on.
     *
     * @return the exit status
     */
    int run(List<String> words) throws IOException, InterruptedException {
        try {
            TcpdumpArguments arguments = new TcpdumpArguments(words);
            if (arguments.has("--version")) {
                out.write(TcpdumpText.VERSION.getBytes(StandardCharsets.US_ASCII));
                return 0;
            }
            return run(arguments);
        } catch (TcpdumpArguments.Refused e) {
            say(e.getMessage() + "\n");
            return 1;
        }
    }

    private int run(TcpdumpArguments arguments) throws IOException, InterruptedException, TcpdumpArguments.Refused {
        String name = arguments.interfaceName();
        if (!interfaces.has(name)) {
            say(TcpdumpText.noSuchDevice(name));
            return 1;
        }
        LinkType linkType = PodInterfaces.linkType(name);
        if (name.equals(PodInterfaces.ANY)) {
            say(TcpdumpText.ON_ANY);
        }
        PacketFilter filter;
        try {
            filter = PacketFilter.compile(arguments.filter(), linkType, arguments.snaplen());
        } catch (FilterSyntaxException e) {
            say(TcpdumpText.badFilter(e.reason()));
            return 1;
        }
        if (arguments.has("-d")) {
            out.write(filter.disassembly().getBytes(StandardCharsets.US_ASCII));
            return 0;
        }
        if (!arguments.output().equals("-")) {
            say("tcpdump: the simulated tcpdump writes packets to standard output only: -w -\n");
            return 1;
        }
        return capture(arguments, filter);
    }

    private int capture(TcpdumpArguments arguments, PacketFilter filter)
            throws IOException, InterruptedException, TcpdumpArguments.Refused {
        String name = arguments.interfaceName();
        KernelBuffer kernel = new KernelBuffer(filter, arguments.snaplen(), arguments.kernelBuffer(), blockTimeout);
        long most = arguments.packets();
        // The writer is not closed: it would close the pipe before the status is known.
        PcapWriter writer = PcapWriter.builder(filter.linkType())
                .snaplen(arguments.snaplen())
                .open(out);
        interfaces.attach(name, kernel);
        try {
            begun(kernel);
            for (String part : TcpdumpText.listening(name, filter.linkType(), arguments.snaplen())) {
                say(part);
            }
            writer.flush();
            Optional<SimulatedFrame> next = kernel.take();
            for (long left = most; next.isPresent(); next = kernel.take()) {
                write(writer, next.get(), arguments);
                left--;
                if (left == 0) {
                    break;
                }
            }
            writer.flush();
        } finally {
            interfaces.detach(kernel);
        }
        say(TcpdumpText.ended(kernel.counts()));
        return 0;
    }

    private static void write(PcapWriter writer, SimulatedFrame frame, TcpdumpArguments arguments)
            throws IOException, TcpdumpArguments.Refused {
        int kept = Math.min(arguments.snaplen(), frame.length());
        writer.write(frame.timestampNanos(), frame.octets().slice(0, kept), frame.length());
        if (arguments.has("-U")) {
            writer.flush();
        }
    }

    private synchronized void begun(KernelBuffer kernel) {
        buffer = kernel;
        if (stopped) {
            kernel.stop();
        }
    }

    /** Ends the capture, as SIGINT and SIGTERM do. */
    synchronized void stop() {
        stopped = true;
        if (buffer != null) {
            buffer.stop();
        }
    }

    /** Tells the counts, as SIGUSR1 makes it. */
    void tell() throws IOException {
        KernelBuffer now;
        synchronized (this) {
            now = buffer;
        }
        if (now != null) {
            say(TcpdumpText.told(now.counts()));
        }
    }

    private void say(String words) throws IOException {
        synchronized (err) {
            err.write(words.getBytes(StandardCharsets.UTF_8));
            err.flush();
        }
    }
}
