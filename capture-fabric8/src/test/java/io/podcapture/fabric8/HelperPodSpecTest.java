package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelperPodSpecTest {
    private static final Toleration TOLERATION =
            new TolerationBuilder().withKey("gpu").withOperator("Exists").build();
    private static final PodName NAME = new PodName("tools", "podcapture-node-abc-01234");
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final HelperSettingsBuilder settings = new HelperSettingsBuilder();

    /** Makes one of the three pods. */
    private interface Make {
        Pod of(HelperPodSpec spec);
    }

    static Stream<Named<Make>> all() {
        return Stream.of(
                Named.of("node", spec -> spec.onNodeWithProcesses("worker-1")),
                Named.of("network", spec -> spec.onNodeNetwork("worker-1")),
                Named.of("alone", spec -> spec.alone(SecurityProfile.CAPABILITIES)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void pod_ofAnyKind_runsOnceAndEndsSoonWithoutRightsOrMesh(Make make) {
        Pod pod = make.of(spec());
        assertThat(pod.getMetadata().getNamespace()).isEqualTo("tools");
        assertThat(pod.getMetadata().getName()).isEqualTo(NAME.name());
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("podcapture.io/session", "abc")
                .containsEntry("sidecar.istio.io/inject", "false");
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("sidecar.istio.io/inject", "false")
                .containsEntry("linkerd.io/inject", "disabled");
        PodSpec spec = pod.getSpec();
        assertThat(spec.getRestartPolicy()).isEqualTo("Never");
        assertThat(spec.getTerminationGracePeriodSeconds()).isEqualTo(1);
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getVolumes()).isEmpty();
        assertThat(spec.getServiceAccountName()).isNull();
        assertThat(spec.getHostIPC()).isNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void pod_ofAnyKind_followsTheSettings(Make make) {
        settings.image("registry/tools:1");
        settings.pullPolicy("Always");
        settings.pullSecrets("first", "second");
        settings.tolerations(TOLERATION);
        HelperSettings set = settings.build();
        PodSpec spec = make.of(spec(set)).getSpec();
        assertThat(spec.getTolerations()).containsExactly(TOLERATION);
        assertThat(spec.getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("first", "second");
        assertThat(spec.getContainers())
                .singleElement()
                .returns("podcapture", Container::getName)
                .returns("registry/tools:1", Container::getImage)
                .returns("Always", Container::getImagePullPolicy)
                .returns(set.resources(), Container::getResources)
                .returns(EphemeralScripts.main("abc"), Container::getCommand);
    }

    @ParameterizedTest
    @MethodSource("all")
    void pod_deadline_isThereOnlyWhenSet(Make make) {
        assertThat(make.of(spec()).getSpec().getActiveDeadlineSeconds()).isNull();
        settings.deadline(Duration.ofHours(2));
        assertThat(make.of(spec()).getSpec().getActiveDeadlineSeconds()).isEqualTo(7200);
    }

    @ParameterizedTest
    @MethodSource("all")
    void pod_startsBefore_isTheEndOfTheStartAndTwoMinutes(Make make) {
        Instant before = Instant.now();
        Pod pod = make.of(spec());
        Instant after = Instant.now();
        assertThat(Instant.parse(pod.getMetadata().getAnnotations().get("podcapture.io/starts-before")))
                .isBetween(before.plusSeconds(180), after.plusSeconds(180));
    }

    @Test
    void onNodeWithProcesses_isPrivilegedAndSeesThem() {
        PodSpec spec = spec().onNodeWithProcesses("worker-1").getSpec();
        assertThat(spec.getNodeName()).isEqualTo("worker-1");
        assertThat(spec.getHostPID()).isTrue();
        assertThat(spec.getHostNetwork()).isNull();
        assertThat(security(spec))
                .returns(true, SecurityContext::getPrivileged)
                .returns(0L, SecurityContext::getRunAsUser)
                .returns(false, SecurityContext::getRunAsNonRoot);
    }

    @Test
    void onNodeNetwork_isInItWithTheNarrowestRights() {
        PodSpec spec = spec().onNodeNetwork("worker-1").getSpec();
        assertThat(spec.getNodeName()).isEqualTo("worker-1");
        assertThat(spec.getHostNetwork()).isTrue();
        assertThat(spec.getHostPID()).isNull();
        assertThat(spec.getDnsPolicy()).isEqualTo("Default");
        assertThat(security(spec)).isEqualTo(SecurityProfile.CAPABILITIES.context());
        assertThat(security(spec).getPrivileged()).isNull();
    }

    @Test
    void alone_isPlacedByTheScheduler() {
        PodSpec spec = spec().alone(SecurityProfile.DEFAULTS).getSpec();
        assertThat(spec.getNodeName()).isNull();
        assertThat(spec.getHostNetwork()).isNull();
        assertThat(spec.getHostPID()).isNull();
        assertThat(security(spec)).isEqualTo(SecurityProfile.DEFAULTS.context());
    }

    private static SecurityContext security(PodSpec spec) {
        return spec.getContainers().get(0).getSecurityContext();
    }

    private HelperPodSpec spec() {
        return spec(settings.build());
    }

    private static HelperPodSpec spec(HelperSettings settings) {
        return new HelperPodSpec(settings, NAME, "abc", WITHIN);
    }
}
