package io.podcapture.testkit.cluster;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of tcpdump, from its arguments to its exit status. */
final class TcpdumpRun {
    private final PodInterfaces interfaces;
    private final Duration blockTimeout;
    private final TcpdumpStart start;
    private final TcpdumpText text;
    private final OutputStream out;
    private final OutputStream err;
    private @Nullable KernelBuffer buffer;
    private boolean stopped;

    TcpdumpRun(
            PodInterfaces interfaces, Duration blockTimeout, TcpdumpStart start, OutputStream out, OutputStream err) {
        this.interfaces = interfaces;
        this.blockTimeout = blockTimeout;
        this.start = start;
        this.text = new TcpdumpText(start.name());
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until it has enough packets, is told to end, or cannot go on.
     *
     * @return the exit status
     */
    int run() throws IOException, InterruptedException {
        try {
            TcpdumpArguments arguments = new TcpdumpArguments(start.arguments());
            if (arguments.has("--version")) {
                out.write(text.version().getBytes(StandardCharsets.US_ASCII));
                return 0;
            }
            return run(arguments);
        } catch (TcpdumpArguments.Refused e) {
            say(text.message(e.words()));
            return 1;
        }
    }

    private int run(TcpdumpArguments arguments) throws IOException, InterruptedException, TcpdumpArguments.Refused {
        String name = arguments.interfaceName();
        if (start.denied()) {
            say(text.denied(name));
            return 1;
        }
        if (!interfaces.has(name)) {
            say(text.noSuchDevice(name));
            return 1;
        }
        LinkType linkType = PodInterfaces.linkType(name);
        if (name.equals(PodInterfaces.ANY)) {
            say(text.onAny());
        }
        PacketFilter filter;
        try {
            filter = PacketFilter.compile(arguments.filter(), linkType, arguments.snaplen());
        } catch (FilterSyntaxException e) {
            say(text.badFilter(e.reason()));
            return 1;
        }
        if (arguments.has("-d")) {
            out.write(filter.disassembly().getBytes(StandardCharsets.US_ASCII));
            return 0;
        }
        arguments.requireOutput();
        try (TcpdumpOutput output = new TcpdumpOutput(start, arguments, linkType, out)) {
            return capture(arguments, filter, output);
        }
    }

    private int capture(TcpdumpArguments arguments, PacketFilter filter, TcpdumpOutput output)
            throws IOException, InterruptedException, TcpdumpArguments.Refused {
        String name = arguments.interfaceName();
        KernelBuffer kernel = new KernelBuffer(filter, arguments.snaplen(), arguments.kernelBuffer(), blockTimeout);
        long most = arguments.packets();
        interfaces.attach(name, kernel);
        try {
            begun(kernel);
            for (String part : text.listening(name, filter.linkType(), arguments.snaplen())) {
                say(part);
            }
            if (arguments.has("-U")) {
                output.flush();
            }
            Optional<SimulatedFrame> next = kernel.take();
            for (long left = most; next.isPresent(); next = kernel.take()) {
                output.write(next.get());
                left--;
                if (left == 0) {
                    break;
                }
            }
            output.flush();
        } finally {
            interfaces.detach(kernel);
        }
        say(TcpdumpText.ended(kernel.counts()));
        return 0;
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
            say(text.told(now.counts()));
        }
    }

    private void say(String words) throws IOException {
        synchronized (err) {
            err.write(words.getBytes(StandardCharsets.UTF_8));
            err.flush();
        }
    }
}
