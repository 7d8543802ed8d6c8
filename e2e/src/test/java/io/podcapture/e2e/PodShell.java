package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs scripts in a container through the client's own exec, which is not the code under test. */
record PodShell(KubernetesClient client, String namespace, String pod, String container, String shell)
        implements Sender {
    PodShell(KubernetesClient client, String namespace, String pod, String container) {
        this(client, namespace, pod, container, "bash");
    }

    /** Runs a script with arguments, waits for its end, and returns what it printed. */
    String run(String script, Object... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch watch = start(out, script, arguments)) {
            Integer status = watch.exitCode().get(120, TimeUnit.SECONDS);
            String printed = out.toString(StandardCharsets.UTF_8);
            if (status == null || status != 0) {
                throw new IllegalStateException("script in " + pod + " ended with " + status + ": " + printed);
            }
            return printed;
        }
    }

    @Override
    public void datagrams(int first, int count) throws Exception {
        run(Traffic.DATAGRAMS, first, count);
    }

    @Override
    public void bigDatagrams(int count) throws Exception {
        run(Traffic.BIG_DATAGRAMS, count);
    }

    @Override
    public void datagramsByIpv6(int port, int first, int count) throws Exception {
        run(Traffic.DATAGRAMS_IPV6, port, first, count);
    }

    @Override
    public void requests(String address, int first, int count) throws Exception {
        run(Traffic.REQUESTS, address, first, count);
    }

    /** What happens while a script runs. */
    interface Body {
        void run() throws Exception;
    }

    /** Runs a script in the background as long as the body runs. */
    void during(String script, Body body, Object... arguments) throws Exception {
        ExecWatch watch = start(new ByteArrayOutputStream(), script, arguments);
        try {
            body.run();
        } finally {
            watch.close();
        }
    }

    private ExecWatch start(ByteArrayOutputStream out, String script, Object... arguments) {
        List<String> argv = new ArrayList<>(List.of(shell, "-c", script, "traffic"));
        for (Object argument : arguments) {
            argv.add(argument.toString());
        }
        return client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(container)
                .writingOutput(out)
                .writingError(out)
                .exec(argv.toArray(String[]::new));
    }
}
