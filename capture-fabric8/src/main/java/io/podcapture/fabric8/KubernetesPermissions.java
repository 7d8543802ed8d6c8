package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podcapture.CapturePlan;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.PlannedPoint;
import io.podcapture.Usability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The access rules that a plan needs, and no more: what {@link KubernetesMethods#names} asks for filters is of no plan.
 * Immutable.
 *
 * @since 0.1
 */
public final class KubernetesPermissions {
    private static final String NAME = "podcapture";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final SortedSet<Permission> permissions;

    private KubernetesPermissions(SortedSet<Permission> permissions) {
        this.permissions = permissions;
    }

    /**
     * Takes what each point of the plan would be captured with: what the methods need up to the first that is sure to work,
     * for one that can only be tried may fail and the next take its place. A method that is refused counts where a right or a
     * label of Pod Security would help: who makes a plan may lack what the account will have. Where none is sure, the first that
     * would help and leaves nothing that only a try can tell is the last.
     */
    public static KubernetesPermissions of(CapturePlan plan) {
        return of(plan.points().stream()
                .map(KubernetesPermissions::tried)
                .flatMap(List::stream)
                .toList());
    }

    private static List<PlannedMethod> tried(PlannedPoint point) {
        boolean oneIsSure = point.methods().stream().anyMatch(method -> method.usability() == Usability.USABLE);
        List<PlannedMethod> tried = new ArrayList<>();
        for (PlannedMethod method : point.methods()) {
            if (method.usability() != Usability.REFUSED || wouldHelp(method)) {
                tried.add(method);
                if (oneIsSure
                        ? method.usability() == Usability.USABLE
                        : method.doubts().isEmpty()) {
                    break;
                }
            }
        }
        return tried;
    }

    private static boolean wouldHelp(PlannedMethod refused) {
        return refused.reason().filter(FailureReason.FORBIDDEN::equals).isPresent()
                || refused.permissions().stream()
                        .anyMatch(permission -> permission.system().equals(Preflight.POD_SECURITY));
    }

    /**
     * Takes what a method of that name needs at each point of the plan.
     *
     * @throws IllegalArgumentException if no point has such a method: a name typed wrong would need nothing
     */
    public static KubernetesPermissions of(CapturePlan plan, String method) {
        Set<String> names = plan.points().stream()
                .flatMap(point -> point.methods().stream())
                .map(PlannedMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!names.isEmpty() && !names.contains(method)) {
            throw new IllegalArgumentException(
                    "the plan has no method \"" + method + "\"; there are " + String.join(", ", names));
        }
        return of(plan.points().stream()
                .map(PlannedPoint::methods)
                .flatMap(List::stream)
                .filter(planned -> planned.name().equals(method))
                .toList());
    }

    private static KubernetesPermissions of(List<PlannedMethod> methods) {
        return new KubernetesPermissions(methods.stream()
                .map(PlannedMethod::permissions)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Returns all of them, sorted. */
    public Collection<Permission> all() {
        return new TreeSet<>(permissions);
    }

    /**
     * Returns what {@code kubectl apply} takes: a role with its binding for each namespace, and one for the whole cluster if that
     * is needed. They are named after the account; a later plan for it replaces them. Where Pod Security would refuse now, a
     * comment has the command that labels the namespace: an object to apply would take the namespace's other labels away.
     *
     * @param namespace of the service account
     * @param account its name
     */
    public String yamlFor(String namespace, String account) {
        Subject subject = new SubjectBuilder()
                .withKind("ServiceAccount")
                .withNamespace(namespace)
                .withName(account)
                .build();
        StringBuilder yaml = new StringBuilder();
        labels().forEach((name, level) -> yaml.append("# kubectl label --overwrite namespace ")
                .append(name)
                .append(" pod-security.kubernetes.io/enforce=")
                .append(level)
                .append('\n'));
        scopes().forEach((scope, rights) ->
                role(scope, rules(rights), subject).forEach(object -> yaml.append(YAML.asYaml(object))));
        return yaml.toString();
    }

    private Map<String, String> labels() {
        Map<String, String> levels = new TreeMap<>();
        permissions.stream()
                .filter(permission -> permission.system().equals(Preflight.POD_SECURITY))
                .forEach(permission ->
                        levels.merge(permission.scope(), permission.resource(), KubernetesPermissions::wider));
        return levels;
    }

    private static String wider(String one, String other) {
        return one.equals("privileged") ? one : other;
    }

    private Map<String, List<Permission>> scopes() {
        return permissions.stream()
                .filter(permission -> permission.system().equals(Preflight.RIGHTS))
                .collect(Collectors.groupingBy(Permission::scope, TreeMap::new, Collectors.toList()));
    }

    private static List<PolicyRule> rules(List<Permission> rights) {
        Map<String, List<Permission>> resources =
                rights.stream().collect(Collectors.groupingBy(Permission::resource, TreeMap::new, Collectors.toList()));
        List<PolicyRule> rules = new ArrayList<>();
        resources.forEach((text, permissions) -> {
            KubernetesResource resource = KubernetesResource.parse(text);
            rules.add(new PolicyRuleBuilder()
                    .withApiGroups(resource.group())
                    .withResources(resource.inRules())
                    .withVerbs(permissions.stream()
                            .map(Permission::action)
                            .sorted()
                            .toList())
                    .build());
        });
        rules.sort(Comparator.comparing(rule -> rule.getResources().get(0)));
        return rules;
    }

    private static List<HasMetadata> role(String scope, List<PolicyRule> rules, Subject subject) {
        String kind = scope.isEmpty() ? "ClusterRole" : "Role";
        // A colon is in no name of a namespace or an account, so two accounts never share a role.
        String name = NAME + ":" + subject.getNamespace() + ":" + subject.getName();
        if (scope.isEmpty()) {
            return List.of(
                    new ClusterRoleBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withRules(rules)
                            .build(),
                    new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withNewRoleRef(RBAC, kind, name)
                            .withSubjects(subject)
                            .build());
        }
        return List.of(
                new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(scope)
                        .withName(name)
                        .endMetadata()
                        .withRules(rules)
                        .build(),
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(scope)
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef(RBAC, kind, name)
                        .withSubjects(subject)
                        .build());
    }
}
