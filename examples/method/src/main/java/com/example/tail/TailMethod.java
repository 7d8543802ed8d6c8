package com.example.tail;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapWriter;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.TargetResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Captures what is appended to a pcap or pcapng file that somebody else writes, a router or a tcpdump that runs for ever.
 * Needs no right but to read the file.
 */
public final class TailMethod implements CaptureMethod {
    // One for all: methods of one choice have equal resolvers.
    private static final TargetResolver FILES = TargetResolver.direct("file", TailMethod::point);

    /** Names a file to capture from. */
    public static Target file(Path file) {
        return Targets.of("file", "", file.toString());
    }

    private static CapturePoint point(Target target) {
        String path = target.name().orElseThrow();
        return CapturePoint.builder(path, path).build();
    }

    @Override
    public String name() {
        return "tail";
    }

    @Override
    public TargetResolver resolver() {
        return FILES;
    }

    /** For plans: looks, and does nothing. */
    @Override
    public Assessment assess(CaptureRequest request, PlanDepth depth, MethodContext context) {
        try {
            return Assessment.builder()
                    .passed(readable(request) + " can be read")
                    .build();
        } catch (CaptureException e) {
            return Assessment.builder()
                    .refused(e.reason(), String.valueOf(e.getMessage()))
                    .build();
        }
    }

    @Override
    public RunningCapture start(CaptureRequest request, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        Path file = readable(request);
        if (!request.interfaceName().equals("any")) {
            throw new CaptureException(
                    FailureReason.INTERFACE_NOT_FOUND,
                    file + " has no interface \"" + request.interfaceName() + "\"; \"any\" takes all of its packets");
        }
        PacketCursor packets = PacketCursor.follow(file);
        // Registered before anything can fail: it is undone whatever happens, behind the end of the capture.
        context.onCleanup("open file " + file, packets::close);
        while (packets.next()) {
            // Written before the capture; the next one is the first that counts. There may be many, and whoever waits
            // for
            // the start may give up meanwhile.
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the packets before the capture were passed over");
            }
        }
        if (packets.interfaces().isEmpty()) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED, file + " has no header yet; start what writes it first");
        }
        LinkType linkType = packets.interfaces().get(0).linkType();
        PacketFilter filter = compiled(request, linkType);
        PcapWriter out = PcapWriter.builder(linkType)
                .nanoseconds()
                .snaplen(request.snaplen())
                .open(sink);
        TailCapture capture = new TailCapture(packets, filter, out, request, context);
        capture.begin();
        return capture;
    }

    private static PacketFilter compiled(CaptureRequest request, LinkType linkType) {
        try {
            return PacketFilter.compile(request.filter(), linkType, request.snaplen());
        } catch (FilterSyntaxException e) {
            throw new CaptureException(
                    FailureReason.FILTER_REJECTED, "filter \"" + request.filter() + "\": " + e.getMessage(), e);
        }
    }

    private static Path readable(CaptureRequest request) {
        Path file = Path.of(request.point().id());
        if (!Files.isReadable(file)) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND, "there is no file " + file + " that can be read");
        }
        return file;
    }
}
