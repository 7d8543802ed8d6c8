package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.TargetResolver;
import io.podcapture.spi.ToolImage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesMethodsTest {
    private final KubernetesClient client = Http.JDK.client("http://127.0.0.1:1/");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void defaultImage_ofACluster_isThatOfAllMethods() {
        assertThat(KubernetesMethods.DEFAULT_IMAGE).isEqualTo(ToolImage.DEFAULT);
    }

    @Test
    void resolver_ofSameClientAndPlace_isEqual() {
        TargetResolver east =
                KubernetesMethods.builder(client).place("east").build().resolver();
        TargetResolver again = KubernetesMethods.builder(client)
                .place("east")
                .image("x")
                .build()
                .exec()
                .methods()
                .get(0)
                .resolver();
        assertThat(again).isEqualTo(east).hasSameHashCodeAs(east);
        assertThat(KubernetesMethods.using(client).resolver()).isNotEqualTo(east);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod/a", "deploy/a", "sts/a", "ds/a", "rs/a", "job/a", "svc/a", "dc/a", "ns/a", "node/a"})
    void resolver_kindsOfACluster_areUnderstood(String text) {
        TargetResolver resolver = KubernetesMethods.using(client).resolver();
        assertThat(resolver.understands(Target.parse(text, "demo"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm/a", "cronjob/a"})
    void resolver_otherKinds_areNotUnderstood(String text) {
        TargetResolver resolver = KubernetesMethods.using(client).resolver();
        assertThat(resolver.understands(Target.parse(text, "demo"))).isFalse();
    }

    @Test
    void resolver_podsByLabels_areUnderstood() {
        TargetResolver resolver = KubernetesMethods.using(client).resolver();
        assertThat(resolver.understands(Targets.pods("demo", "app=web"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl, https://x:6443, okhttp",
        "io.fabric8.kubernetes.client.jetty.JettyHttpClient, https://x:6443, jetty",
        "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl, http://localhost:8001, plain http"
    })
    void weakness_ofATransport_isKnownByItsClass(String transport, String server, String words) {
        assertThat(Cluster.weakness(transport, server))
                .hasValueSatisfying(said -> assertThat(said).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl, https://x:6443",
        "io.fabric8.kubernetes.client.vertx5.Vertx5HttpClient, http://localhost:8001"
    })
    void weakness_ofOthers_isNone(String transport, String server) {
        assertThat(Cluster.weakness(transport, server)).isEmpty();
    }

    // Names of classes change.
    @Test
    void weakness_ofTheDefault_isNone() {
        assertThat(Cluster.weakness(client.getHttpClient().getClass().getName(), "https://x:6443"))
                .isEmpty();
    }

    @Test
    void auto_ofAllThatCanBeUsed_isByLeastPrivilege() {
        assertThat(KubernetesMethods.auto(client)).hasToString("exec, then ephemeral, then node, then pod");
        assertThat(KubernetesMethods.builder(client)
                        .staticTcpdump("amd64", Path.of("/no/such/tcpdump"))
                        .build()
                        .auto())
                .hasToString("exec, then ephemeral, then upload, then node, then pod");
    }

    @Test
    void auto_order_canBeChanged() {
        assertThat(KubernetesMethods.auto(client).without("ephemeral").preferring("node"))
                .hasToString("node, then exec, then pod");
    }

    @Test
    void upload_withoutTcpdump_saysWhatToCall() {
        assertThatThrownBy(() -> KubernetesMethods.using(client).upload())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("staticTcpdump");
    }

    @Test
    void upload_withTcpdumpThatIsNotThere_isMadeAllTheSame() {
        assertThat(KubernetesMethods.builder(client)
                        .staticTcpdump("amd64", Path.of("/no/such/tcpdump"))
                        .build()
                        .upload())
                .hasToString("upload");
    }

    @Test
    void image_blank_isRefused() {
        assertThatThrownBy(() -> KubernetesMethods.builder(client).image(" "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void module_publicTypes_areTheEntryOnly() {
        assertThat(new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.podcapture.fabric8")
                                .stream()
                                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
                .extracting(type -> type.getSimpleName())
                // All from Auto on are for the service loader, which takes nothing less.
                .containsExactlyInAnyOrder(
                        "KubernetesMethods",
                        "KubernetesPermissions",
                        "Builder",
                        "Leftovers",
                        "Auto",
                        "Exec",
                        "Ephemeral",
                        "Node",
                        "Pod",
                        "Sidecar",
                        "Upload");
    }
}
