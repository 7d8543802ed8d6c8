package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarContainerTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final long SPOOL = 100_000_000;
    private static final WorkloadView PLAIN = Workloads.withPods("{containers: [{name: app}]}");

    private final HelperSettingsBuilder settings = new HelperSettingsBuilder();

    @Test
    void spec_ofSidecar_addsOneContainerAndItsVolume() {
        settings.image("registry/tools:1");
        settings.pullPolicy("Always");
        PodSpec spec = spec(PLAIN, false);
        assertThat(spec.getInitContainers()).isEmpty();
        assertThat(spec.getContainers())
                .singleElement()
                .returns("podcapture", Container::getName)
                .returns("registry/tools:1", Container::getImage)
                .returns("Always", Container::getImagePullPolicy)
                .returns(null, Container::getRestartPolicy)
                .returns(SidecarScripts.main(), Container::getCommand)
                .returns(SecurityProfile.CAPABILITIES.context(), Container::getSecurityContext);
        assertThat(spec.getContainers().get(0).getVolumeMounts())
                .singleElement()
                .returns("podcapture-spool", VolumeMount::getName)
                .returns("/podcapture", VolumeMount::getMountPath);
        assertThat(spec.getVolumes()).singleElement().returns("podcapture-spool", Volume::getName);
        assertThat(spec.getVolumes().get(0).getEmptyDir().getSizeLimit().getNumericalAmount())
                .isEqualByComparingTo("100000000");
        assertThat(spec.getImagePullSecrets()).isEmpty();
    }

    @Test
    void spec_ofNativeSidecar_isAnInitContainerThatGoesOn() {
        PodSpec spec = spec(PLAIN, true);
        assertThat(spec.getContainers()).isEmpty();
        assertThat(spec.getInitContainers())
                .singleElement()
                .returns("podcapture", Container::getName)
                .returns("Always", Container::getRestartPolicy);
        assertThat(spec.getVolumes()).hasSize(1);
    }

    @Test
    void spec_withPullSecrets_addsThem() {
        settings.pullSecrets("first", "second");
        assertThat(spec(PLAIN, false).getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("first", "second");
    }

    @Test
    void resources_whereNobodyHasLimits_areThoseOfTheSettings() {
        assertThat(resources(PLAIN)).isEqualTo(settings.build().resources());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{containers: [{name: app}, {name: cache, resources: {limits: {ephemeral-storage: 1Gi}}}]}",
                "{containers: [{name: app}],"
                        + " initContainers: [{name: cache, resources: {limits: {ephemeral-storage: 1Gi}}}]}",
                "{containers: [{name: app}], initContainers: [{name: cache, restartPolicy: Always,"
                        + " resources: {limits: {ephemeral-storage: 1Gi}}}]}"
            })
    void resources_whereOneHasALimitOfStorage_addTheSpoolToIt(String pods) {
        ResourceRequirements resources = resources(Workloads.withPods(pods));
        assertThat(resources.getLimits()).hasSize(3).containsEntry("ephemeral-storage", new Quantity("100000000"));
        assertThat(resources.getRequests()).hasSize(3).containsEntry("ephemeral-storage", new Quantity("1Mi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{containers: [{name: app, resources: {requests: {ephemeral-storage: 1Gi}}}]}",
                "{containers: [{name: app}, {name: podcapture, resources: {limits: {ephemeral-storage: 1Gi}}}]}",
                "{containers: [{name: app}],"
                        + " initContainers: [{name: podcapture, resources: {limits: {ephemeral-storage: 1Gi}}}]}"
            })
    void resources_whereNobodyElseHasALimitOfStorage_haveNoneEither(String pods) {
        assertThat(resources(Workloads.withPods(pods)).getLimits()).doesNotContainKey("ephemeral-storage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}]}",
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}, requests: {cpu: 2, memory: 1Gi}}}]}",
                "{containers: [{name: podcapture}, {name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}]}",
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}],"
                        + " initContainers: [{name: podcapture}, {name: proxy, restartPolicy: Always,"
                        + " resources: {limits: {cpu: 1, memory: 1Gi}}}]}"
            })
    void resources_inAGuaranteedPod_areGuaranteedToo(String pods) {
        ResourceRequirements resources = resources(Workloads.withPods(pods));
        assertThat(resources.getLimits())
                .containsOnly(entry("cpu", new Quantity("10m")), entry("memory", new Quantity("32Mi")));
        assertThat(resources.getRequests()).isEqualTo(resources.getLimits());
    }

    @Test
    void resources_inAGuaranteedPodOfWhatAsksForNothing_areSmallButThere() {
        settings.resources(new ResourceRequirementsBuilder().build());
        ResourceRequirements resources = resources(
                Workloads.withPods("{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}]}"));
        assertThat(resources.getLimits())
                .containsOnly(entry("cpu", new Quantity("100m")), entry("memory", new Quantity("64Mi")));
        assertThat(resources.getRequests()).isEqualTo(resources.getLimits());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{containers: [{name: app, resources: {limits: {cpu: 2}}}]}",
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}, requests: {cpu: 1}}}]}",
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}, {name: log}]}",
                "{containers: [{name: podcapture, resources: {limits: {cpu: 2, memory: 1Gi}}}]}",
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}],"
                        + " initContainers: [{name: proxy, restartPolicy: Always}]}",
                "{containers: [{name: app, resources: {limits: {cpu: 2, memory: 1Gi}}}],"
                        + " initContainers: [{name: wait, resources: {limits: {cpu: 1}}}]}"
            })
    void resources_inAPodThatIsNotGuaranteed_areThoseOfTheSettings(String pods) {
        assertThat(resources(Workloads.withPods(pods)))
                .isEqualTo(settings.build().resources());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void putInto_podThatHasOneAlready_takesItsPlace(boolean nativeSidecar) {
        PodSpec pod = new PodSpecBuilder()
                .addNewContainer()
                .withName("app")
                .endContainer()
                .addNewContainer()
                .withName("podcapture")
                .endContainer()
                .addNewInitContainer()
                .withName("podcapture")
                .endInitContainer()
                .addNewVolume()
                .withName("podcapture-spool")
                .endVolume()
                .addNewVolume()
                .withName("cache")
                .endVolume()
                .build();
        container(nativeSidecar).putInto(pod, PLAIN, SecurityProfile.DEFAULTS);
        PodSpec ours = spec(PLAIN, nativeSidecar);
        assertThat(pod.getContainers())
                .extracting(Container::getName)
                .startsWith("app")
                .hasSize(nativeSidecar ? 1 : 2);
        assertThat(pod.getInitContainers()).hasSize(nativeSidecar ? 1 : 0);
        assertThat(nativeSidecar ? pod.getInitContainers() : pod.getContainers())
                .last()
                .returns("podcapture", Container::getName)
                .returns(SecurityProfile.DEFAULTS.context(), Container::getSecurityContext)
                .matches(container -> container.getImage() != null);
        assertThat(pod.getVolumes()).hasSize(2).endsWith(ours.getVolumes().get(0));
    }

    private ResourceRequirements resources(WorkloadView workload) {
        return spec(workload, false).getContainers().get(0).getResources();
    }

    private PodSpec spec(WorkloadView workload, boolean nativeSidecar) {
        Map<String, Object> applied = container(nativeSidecar).spec(workload, SecurityProfile.CAPABILITIES);
        assertThat(applied).containsOnlyKeys("template");
        Map<?, ?> template = (Map<?, ?>) Objects.requireNonNull(applied.get("template"));
        assertThat(template).hasSize(1);
        return JSON.convertValue(template.get("spec"), PodSpec.class);
    }

    private SidecarContainer container(boolean nativeSidecar) {
        return new SidecarContainer(settings.build(), new SidecarSettings(SPOOL, nativeSidecar));
    }
}
