package io.podcapture.examples;

import io.podcapture.CaptureException;
import io.podcapture.Leftover;
import io.podcapture.fabric8.Leftovers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podcapture leftovers}. */
@Command(
        name = "leftovers",
        description = {
            "Lists what killed captures left in the cluster and at container engines, never what a living one uses.",
            "With -n or --context looks in the cluster alone, with --engine at that engine alone."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:nothing is left", "1:failed", "2:wrong usage", "3:something is left"})
final class LeftoversCommand implements Callable<Integer> {
    private static final int SOMETHING_LEFT = 3;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace; all by default.")
    private Optional<String> namespace = Optional.empty();

    @Option(names = "--remove", description = "Removes it.")
    private boolean remove;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        boolean clusterNamed = cluster.isNamed() || namespace.isPresent();
        boolean engineNamed = engine.command().isPresent();
        List<FoundLeftovers> found = new ArrayList<>();
        Optional<CaptureException> silent = Optional.empty();
        try (ClientOnDemand client = new ClientOnDemand(() -> cluster.client(spec.commandLine()))) {
            if (clusterNamed || !engineNamed) {
                try {
                    inCluster(client, clusterNamed).ifPresent(found::add);
                } catch (CaptureException e) {
                    // What engines have is told all the same, and removed.
                    silent = Optional.of(e);
                }
            }
            if (engineNamed || !clusterNamed) {
                try {
                    new EngineSearch(this::notLookedAt)
                            .find(engine.command()).stream()
                                    .map(FoundLeftovers::of)
                                    .forEach(found::add);
                } catch (CaptureException e) {
                    // Nor does an engine that was named keep back what the cluster has.
                    silent = silent.or(() -> Optional.of(e));
                }
            }
            int status = found.isEmpty() ? FailureReport.FAILED : tell(found);
            if (silent.isPresent()) {
                throw silent.get();
            }
            if (found.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "podcapture: nothing was looked at; set KUBECONFIG or DOCKER_HOST, or name an --engine");
            }
            return status;
        }
    }

    private Optional<FoundLeftovers> inCluster(ClientOnDemand client, boolean named) {
        if (!named && !ClusterOptions.isConfigured(client.get())) {
            notLookedAt("a cluster: there is no kubeconfig");
            return Optional.empty();
        }
        Leftovers found =
                namespace.map(name -> Leftovers.find(client.get(), name)).orElseGet(() -> Leftovers.find(client.get()));
        found.unseen().forEach(this::notLookedAt);
        return Optional.of(FoundLeftovers.of(found));
    }

    private int tell(List<FoundLeftovers> found) {
        // A podman that is called docker too has the same containers twice.
        Map<String, Leftover> all = byName(found.stream().map(FoundLeftovers::all));
        if (!remove) {
            return list(all);
        }
        Map<String, Leftover> kept =
                byName(found.stream().map(each -> each.removal().get()));
        PrintWriter out = spec.commandLine().getOut();
        all.keySet().stream().filter(what -> !kept.containsKey(what)).forEach(what -> out.println("removed " + what));
        return list(kept);
    }

    private static Map<String, Leftover> byName(Stream<List<Leftover>> lists) {
        Map<String, Leftover> byName = new LinkedHashMap<>();
        lists.flatMap(List::stream).forEach(each -> byName.putIfAbsent(each.what(), each));
        return byName;
    }

    private int list(Map<String, Leftover> left) {
        PrintWriter out = spec.commandLine().getOut();
        left.values().forEach(out::println);
        if (left.isEmpty()) {
            out.println("nothing is left");
        }
        out.flush();
        return left.isEmpty() ? 0 : SOMETHING_LEFT;
    }

    private void notLookedAt(String what) {
        spec.commandLine().getErr().println("not looked at: " + what);
        spec.commandLine().getErr().flush();
    }
}
