package io.podcapture.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of tcpdump 4.9 and newer. */
final class TcpdumpCommand {
    private TcpdumpCommand() {}

    /**
     * Returns the command for a request.
     *
     * <p>{@code -U} brings the file header at once. There is no {@code --immediate-mode}: with it each packet takes a slot of
     * the whole snaplen in the kernel buffer, and bursts are lost. Everything behind {@code --} is filter, whatever it looks
     * like.
     *
     * @param output where the packets go
     * @param user whom tcpdump becomes, where it would give up rights that the container lacks
     */
    static List<String> of(CaptureRequest request, Optional<String> user, List<String> output) {
        List<String> argv = new ArrayList<>(List.of(
                "tcpdump", "-i", request.interfaceName(), "-n", "-U", "-s", Integer.toString(request.snaplen())));
        argv.addAll(List.of("-B", Long.toString(request.kernelBuffer() / 1024)));
        request.maxPackets().ifPresent(count -> argv.addAll(List.of("-c", Long.toString(count))));
        user.ifPresent(name -> argv.addAll(List.of("-Z", name)));
        argv.addAll(output);
        argv.add("--");
        if (!request.filter().isBlank()) {
            argv.add(request.filter());
        }
        return argv;
    }

    /** Returns the command that only says whether a filter can be read on an interface. */
    static List<String> check(CaptureRequest request, Optional<String> user) {
        List<String> argv = new ArrayList<>(List.of("tcpdump", "-i", request.interfaceName(), "-d"));
        user.ifPresent(name -> argv.addAll(List.of("-Z", name)));
        argv.addAll(List.of("--", request.filter()));
        return argv;
    }
}
