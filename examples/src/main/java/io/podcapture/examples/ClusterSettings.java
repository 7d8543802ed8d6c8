package io.podcapture.examples;

import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster is meant, and what holds for its targets alone. */
final class ClusterSettings {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace; the context's by default.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--helper-namespace",
            paramLabel = "NS",
            description = "Namespace of helper pods; that of the target, or the context's for a node, by default.")
    private Optional<String> helperNamespace = Optional.empty();

    @Option(
            names = "--tcpdump",
            paramLabel = "ARCH=FILE",
            description = "Static tcpdump for upload, by architecture: amd64 or arm64.")
    private Map<String, Path> tcpdumps = new LinkedHashMap<>();

    ClientOnDemand client(CommandLine command) {
        return new ClientOnDemand(() -> cluster.client(command));
    }

    String namespace(ClientOnDemand client) {
        return namespace.orElseGet(
                () -> Optional.ofNullable(client.get().getNamespace()).orElse("default"));
    }

    KubernetesMethods methods(ClientOnDemand client, Optional<String> image) {
        KubernetesMethods.Builder builder = KubernetesMethods.builder(client.get());
        image.ifPresent(builder::image);
        helperNamespace.ifPresent(builder::helperNamespace);
        tcpdumps.forEach(builder::staticTcpdump);
        return builder.build();
    }

    KubernetesMethods requireTcpdump(KubernetesMethods methods) {
        if (tcpdumps.isEmpty()) {
            throw new IllegalArgumentException("the method upload needs --tcpdump ARCH=FILE: a static tcpdump");
        }
        return methods;
    }
}
