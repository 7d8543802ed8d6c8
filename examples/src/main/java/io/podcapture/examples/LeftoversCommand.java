package io.podcapture.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.fabric8.Leftover;
import io.podcapture.fabric8.Leftovers;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podcapture leftovers}. */
@Command(
        name = "leftovers",
        description = "Lists what killed captures left in the cluster, never what a living one uses.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:nothing is left", "1:failed", "2:wrong usage", "3:something is left"})
final class LeftoversCommand implements Callable<Integer> {
    private static final int SOMETHING_LEFT = 3;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

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
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = cluster.client(spec.commandLine())) {
            Leftovers found =
                    namespace.map(name -> Leftovers.find(client, name)).orElseGet(() -> Leftovers.find(client));
            found.unseen().forEach(line -> spec.commandLine().getErr().println("not looked at: " + line));
            if (!remove) {
                return tell(out, found.all());
            }
            List<Leftover> kept = found.remove();
            found.all().stream()
                    .map(Leftover::what)
                    .filter(what -> kept.stream().noneMatch(left -> left.what().equals(what)))
                    .forEach(what -> out.println("removed " + what));
            return tell(out, kept);
        }
    }

    private static int tell(PrintWriter out, List<Leftover> left) {
        left.forEach(out::println);
        if (left.isEmpty()) {
            out.println("nothing is left");
        }
        out.flush();
        return left.isEmpty() ? 0 : SOMETHING_LEFT;
    }
}
