package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Permission;
import io.podcapture.Targets;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesPermissionsTest {
    private static final Told EXEC = needs("exec", "demo get pods", "demo create pods/exec", "demo get pods/exec");

    @Test
    void of_plan_takesWhatTheChoiceOfEachPointNeeds() {
        KubernetesPermissions permissions = KubernetesPermissions.of(plan(List.of(
                List.of(refused(EXEC), needs("node", "tools create pods")), List.of(EXEC, needs("pod", "x y z")))));
        assertThat(permissions.all())
                .extracting(Permission::toString)
                .containsExactly(
                        "get pods in demo",
                        "create pods/exec in demo",
                        "get pods/exec in demo",
                        "create pods in tools");
    }

    @Test
    void of_pointWithoutChoice_takesWhatTheFirstNeeds() {
        KubernetesPermissions permissions = KubernetesPermissions.of(
                plan(List.of(List.of(refused(EXEC), refused(needs("node", "tools create pods"))))));
        assertThat(permissions.all())
                .hasSize(3)
                .allMatch(permission -> permission.scope().equals("demo"));
    }

    @Test
    void of_method_takesWhatThatOneNeeds() {
        CapturePlan plan = plan(List.of(List.of(EXEC, needs("node", "tools create pods")), List.of(EXEC)));
        assertThat(KubernetesPermissions.of(plan, "node").all())
                .extracting(Permission::toString)
                .containsExactly("create pods in tools");
        assertThat(KubernetesPermissions.of(plan, "sidecar").all()).isEmpty();
    }

    @Test
    void yaml_oneNamespace_isARoleWithItsBinding() {
        List<HasMetadata> objects = yaml(EXEC);
        assertThat(objects)
                .extracting(KubernetesPermissionsTest::words)
                .containsExactly("Role demo/podcapture:ci:tester", "RoleBinding demo/podcapture:ci:tester");
        assertThat(objects).extracting(HasMetadata::getApiVersion).containsOnly("rbac.authorization.k8s.io/v1");
        RoleBinding binding = (RoleBinding) objects.get(1);
        assertThat(binding.getRoleRef().getKind() + " " + binding.getRoleRef().getName())
                .isEqualTo("Role podcapture:ci:tester");
        assertThat(binding.getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(
                                subject.getKind() + " " + subject.getNamespace() + "/" + subject.getName())
                        .isEqualTo("ServiceAccount ci/tester"));
    }

    @Test
    void yaml_verbsOfOneResource_areOneSortedRule() {
        Role role = (Role) yaml(
                        EXEC,
                        needs("more", "demo watch pods", "demo list pods", "demo get pods"),
                        needs("sidecar", "demo patch deployments.apps"))
                .get(0);
        assertThat(role.getRules())
                .extracting(KubernetesPermissionsTest::words)
                .containsExactly(
                        "[apps] [deployments] [patch]", "[] [pods] [get, list, watch]", "[] [pods/exec] [create, get]");
    }

    @Test
    void yaml_severalNamespaces_isARoleForEachAndNoneForTheCluster() {
        assertThat(yaml(EXEC, needs("node", "tools create pods")))
                .extracting(KubernetesPermissionsTest::words)
                .containsExactly(
                        "Role demo/podcapture:ci:tester",
                        "RoleBinding demo/podcapture:ci:tester",
                        "Role tools/podcapture:ci:tester",
                        "RoleBinding tools/podcapture:ci:tester");
    }

    @Test
    void yaml_wholeCluster_isAClusterRoleForThatAlone() {
        List<HasMetadata> objects = yaml(needs("pod", " get nodes", "tools create pods"));
        assertThat(objects)
                .extracting(KubernetesPermissionsTest::words)
                .containsExactly(
                        "ClusterRole podcapture:ci:tester",
                        "ClusterRoleBinding podcapture:ci:tester",
                        "Role tools/podcapture:ci:tester",
                        "RoleBinding tools/podcapture:ci:tester");
        assertThat(((ClusterRole) objects.get(0)).getRules())
                .extracting(KubernetesPermissionsTest::words)
                .containsExactly("[] [nodes] [get]");
        assertThat(((ClusterRoleBinding) objects.get(1)).getRoleRef().getKind()).isEqualTo("ClusterRole");
    }

    // An object would take the other labels of a namespace that was applied away.
    @Test
    void yaml_podSecurityRefuses_tellsTheCommandForTheWiderLevel() {
        Told[] methods = {admitted("tools", "privileged"), admitted("tools", "baseline"), admitted("demo", "baseline")};
        assertThat(yaml(methods)).isEmpty();
        assertThat(text(methods)).isEqualTo("""
                        # kubectl label --overwrite namespace demo pod-security.kubernetes.io/enforce=baseline
                        # kubectl label --overwrite namespace tools pod-security.kubernetes.io/enforce=privileged
                        """);
    }

    /** Returns what kubectl would read for points of which each has one of these methods. */
    private static List<HasMetadata> yaml(Told... methods) {
        String yaml = text(methods);
        try (KubernetesClient client = Http.JDK.client("http://127.0.0.1:1/")) {
            return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .items();
        }
    }

    private static String text(Told... methods) {
        List<List<Told>> points = List.of(methods).stream().map(List::of).toList();
        return KubernetesPermissions.of(plan(points)).yamlFor("ci", "tester");
    }

    private static String words(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }

    private static String words(PolicyRule rule) {
        return rule.getApiGroups() + " " + rule.getResources() + " " + rule.getVerbs();
    }

    private static CapturePlan plan(List<List<Told>> points) {
        CaptureSession.Builder session = CaptureSession.builder();
        for (List<Told> methods : points) {
            session.target(
                    Targets.of("machine", "", "here"),
                    on -> on.via(MethodChoice.inOrder(methods.toArray(CaptureMethod[]::new))));
        }
        return session.plan();
    }

    /** Makes a method that needs rights, each written as namespace, verb, resource. */
    private static Told needs(String name, String... rights) {
        Assessment.Builder told = Assessment.builder();
        for (String right : rights) {
            String[] parts = right.split(" ");
            told.needs(new Permission(Preflight.RIGHTS, parts[0], parts[1], parts[2]));
        }
        return new Told(name, told.build());
    }

    private static Told refused(Told method) {
        Assessment.Builder told = Assessment.builder().refused(FailureReason.FORBIDDEN, "no");
        method.assessment().permissions().forEach(told::needs);
        return new Told(method.name(), told.build());
    }

    private static Told admitted(String namespace, String level) {
        return new Told(
                level,
                Assessment.builder()
                        .needs(new Permission(Preflight.POD_SECURITY, namespace, "admit", level))
                        .build());
    }
}
