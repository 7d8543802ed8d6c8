package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be told of a capture by a look at the pod. */
class PodViewAsksTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void os_thatItSaysItNeeds_isThat() {
        assertThat(view("spec: {os: {name: windows}}").os()).hasValue("windows");
        assertThat(view("spec: {}").os()).isEmpty();
    }

    @Test
    void isStatic_mirrorOfAFile_isSo() {
        Pod mirror = Pods.running("etcd")
                .editMetadata()
                .withAnnotations(Map.of("kubernetes.io/config.mirror", "0a1b"))
                .endMetadata()
                .build();
        Pod other = Pods.running("web")
                .editMetadata()
                .withAnnotations(Map.of("kubernetes.io/config.source", "api"))
                .endMetadata()
                .build();
        assertThat(new PodView(mirror).isStatic()).isTrue();
        assertThat(new PodView(other).isStatic()).isFalse();
        assertThat(view("metadata: {name: web}").isStatic()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{capabilities: {drop: [ALL]}} | true",
                "{capabilities: {drop: [CHOWN, NET_RAW]}} | true",
                "{capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}} | true",
                "{capabilities: {drop: [ALL], add: [NET_RAW]}} | false",
                "{capabilities: {drop: [NET_RAW], add: [ALL]}} | false",
                "{capabilities: {drop: [CHOWN]}} | false",
                "{capabilities: {add: [NET_ADMIN]}} | false",
                "{capabilities: {drop: [ALL]}, privileged: true} | false",
                "{capabilities: {drop: [ALL]}, privileged: false} | true",
                "{runAsUser: 1000} | false",
                "{} | false"
            })
    void withoutRawSockets_byItsSecurityContext_isKnown(String security, boolean without) {
        PodView pod = view("spec: {containers: [{name: app, securityContext: " + security + "}]}");
        assertThat(pod.withoutRawSockets(List.of("app"))).isEqualTo(without ? List.of("app") : List.of());
    }

    @Test
    void withoutRawSockets_ofSeveral_areThoseAskedFor() {
        String none = "securityContext: {capabilities: {drop: [ALL]}}";
        PodView pod = view("spec: {containers: [{name: app, " + none + "}, {name: plain}, {name: other, " + none
                + "}], initContainers: [{name: sidecar, " + none + "}],"
                + " ephemeralContainers: [{name: debugger, " + none + "}]}");
        assertThat(pod.withoutRawSockets(List.of("app", "plain", "sidecar"))).containsExactly("app", "sidecar");
    }

    private static PodView view(String yaml) {
        return new PodView(YAML.unmarshal(yaml, Pod.class));
    }
}
