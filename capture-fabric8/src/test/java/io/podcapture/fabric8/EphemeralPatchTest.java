package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EphemeralPatchTest {
    private final Queue<Thread> senders = new ConcurrentLinkedQueue<>();

    // Who is interrupted need not wait for an answer that changes nothing.
    @Test
    void firstAllowed_changesNothing_isSentByTheCallerItself() throws Exception {
        try (FakeApi api = new FakeApi();
                KubernetesClient client = client(api.url())) {
            api.serve(
                    "PATCH /api/v1/namespaces/demo/pods/web/ephemeralcontainers",
                    Pods.running("web").build());
            EphemeralPatch patch = patch(client);
            assertThat(patch.firstAllowed()).isEqualTo(SecurityProfile.CAPABILITIES);
            assertThat(senders).containsExactly(Thread.currentThread());
            patch.apply(SecurityProfile.CAPABILITIES);
            assertThat(senders).hasSize(2).last().isNotEqualTo(Thread.currentThread());
        }
    }

    @Test
    void firstNotRefused_webhookAnswersNoDryRun_isTheNarrowest() throws Exception {
        try (FakeApi api = new FakeApi();
                KubernetesClient client = client(api.url())) {
            api.refuse(
                    "PATCH /api/v1/namespaces/demo/pods/web/ephemeralcontainers",
                    400,
                    "admission webhook \"policy.example\" does not support dry run");
            assertThat(patch(client).firstNotRefused()).isEqualTo(SecurityProfile.CAPABILITIES);
        }
    }

    private static EphemeralPatch patch(KubernetesClient client) {
        return new EphemeralPatch(
                new Cluster(client, ""), new PodName("demo", "web"), new HelperSettingsBuilder().build(), "0a1b2c");
    }

    private KubernetesClient client(String url) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty()).withMasterUrl(url).build())
                .withHttpClientFactory(Http.JDK.factory())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("senders", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        senders.add(Thread.currentThread());
                    }
                }))
                .build();
    }
}
