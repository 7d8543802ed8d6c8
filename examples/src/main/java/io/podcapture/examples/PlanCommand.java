package io.podcapture.examples;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podcapture.CapturePlan;
import io.podcapture.Permission;
import io.podcapture.PlanDepth;
import io.podcapture.PlannedMethod;
import io.podcapture.PlannedPoint;
import io.podcapture.fabric8.KubernetesPermissions;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code podcapture plan}. */
@Command(
        name = "plan",
        description = "Says which methods would work on the targets, and why others would not; changes nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:each target has a method", "1:failed", "2:wrong usage", "3:some target has none"})
final class PlanCommand implements Callable<Integer>, NamedTargets.HasTargets {
    private static final int NOT_FEASIBLE = 3;

    @Mixin
    private MethodOptions methods = new MethodOptions();

    @Option(
            names = "--probe",
            description = "Runs a short script in the targets, to know more: has it tcpdump, and may it capture?")
    private boolean probe;

    @Option(
            names = "--rbac",
            paramLabel = "NS/ACCOUNT",
            description = "Prints the access rules for that service account, for kubectl apply, instead of the plan.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--json", description = "Prints the plan as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public NamedTargets targets() {
        return methods.named();
    }

    @Override
    public Integer call() {
        if (account.isPresent() && !account.get().matches("[^/]+/[^/]+")) {
            throw new ParameterException(spec.commandLine(), "--rbac wants NAMESPACE/SERVICEACCOUNT");
        }
        if (account.isPresent() && json) {
            throw new ParameterException(spec.commandLine(), "--rbac prints YAML; leave out --json");
        }
        try (ClientOnDemand client = methods.client(spec.commandLine())) {
            CapturePlan plan = plan(client);
            PrintWriter out = spec.commandLine().getOut();
            String words = words(plan);
            out.print(words);
            out.flush();
            if (words.isEmpty()) {
                // What prints no rules says why: else kubectl, which gets nothing, would be all that complains.
                spec.commandLine()
                        .getErr()
                        .print((plan.feasible() ? "no access rule is needed:" : "no access rule would help:") + "\n"
                                + plan);
                spec.commandLine().getErr().flush();
            }
            return plan.feasible() ? 0 : NOT_FEASIBLE;
        }
    }

    // What the builder refuses was typed wrong.
    private CapturePlan plan(ClientOnDemand client) {
        try {
            return methods.session(client).plan(probe ? PlanDepth.PROBE : PlanDepth.READ);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private String words(CapturePlan plan) {
        if (account.isPresent()) {
            String[] parts = account.get().split("/");
            return KubernetesPermissions.of(plan).yamlFor(parts[0], parts[1]);
        }
        return json ? json(plan) : plan.toString();
    }

    private static String json(CapturePlan plan) {
        return new KubernetesSerialization()
                        .asJson(plan.points().stream().map(PlanCommand::point).toList())
                + System.lineSeparator();
    }

    private static Map<String, Object> point(PlannedPoint point) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("target", point.target().toString());
        words.put("point", point.point().toString());
        point.choice().ifPresent(choice -> words.put("choice", choice.name()));
        words.put("methods", point.methods().stream().map(PlanCommand::method).toList());
        return words;
    }

    private static Map<String, Object> method(PlannedMethod method) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", method.name());
        words.put("usability", method.usability().name().toLowerCase(Locale.ROOT));
        method.reason().ifPresent(reason -> words.put("reason", reason.name()));
        words.put("sentence", method.sentence());
        words.put("creates", method.creates());
        words.put(
                "permissions",
                method.permissions().stream().map(Permission::toString).toList());
        return words;
    }
}
