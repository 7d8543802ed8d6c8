package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;

/** The transports that the client may have; they end a connection differently. */
enum Http {
    VERTX_5 {
        @Override
        HttpClient.Factory factory() {
            return new Vertx5HttpClientFactory();
        }
    },
    JDK {
        @Override
        HttpClient.Factory factory() {
            return new JdkHttpClientFactory();
        }
    };

    abstract HttpClient.Factory factory();

    KubernetesClient client(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withTrustCerts(true)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(factory())
                .build();
    }
}
