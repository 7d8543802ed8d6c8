package io.podcapture.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A static tcpdump for the machines of the cluster: the file that the property {@code podcapture.tcpdump} names, or the one
 * that the cluster keeps beside its kubeconfig.
 */
final class StaticTcpdumpFile {
    private StaticTcpdumpFile() {}

    /** Returns it; skips the test where there is none. */
    static Path get() {
        Stream<Path> named = Optional.ofNullable(System.getProperty("podcapture.tcpdump")).map(Path::of).stream();
        Stream<Path> beside = Optional.ofNullable(System.getenv("KUBECONFIG"))
                .map(Path::of)
                .map(kubeconfig -> kubeconfig.resolveSibling("cache/tcpdump-static"))
                .stream();
        Optional<Path> found =
                Stream.concat(named, beside).filter(Files::isReadable).findFirst();
        Assumptions.assumeTrue(found.isPresent(), "no static tcpdump: -Dpodcapture.tcpdump names one");
        return found.orElseThrow();
    }
}
