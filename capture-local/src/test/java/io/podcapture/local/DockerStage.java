package io.podcapture.local;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import java.util.List;

/** Three containers, two of which have neither bash nor tcpdump, one of these no shell at all. */
record DockerStage(RealEngine engine, String toolsId, String webId, String bareId) implements LocalStage {
    private static final String WEB = "localhost/web:1";
    private static final String BARE = "localhost/scratch:1";

    // The server may take a moment; curl would say so at once.
    private static final String AWAIT = "until (exec 3<>/dev/tcp/$1/8080) 2>/dev/null; do sleep 0.05; done";

    static DockerStage make() throws Exception {
        RealEngine engine = RealEngine.required();
        engine.requireImage(WEB);
        engine.requireImage(BARE);
        DockerStage stage = new DockerStage(
                engine,
                engine.startTools(),
                engine.ask("run", "--detach", "--rm", WEB),
                engine.ask("run", "--detach", "--rm", BARE));
        stage.run(AWAIT, stage.address(stage.web()));
        stage.run(AWAIT, stage.address(stage.bare()));
        return stage;
    }

    @Override
    public MethodChoice method() {
        return engine.methods().docker();
    }

    @Override
    public Target tools() {
        return Targets.container(toolsId);
    }

    @Override
    public Target web() {
        return Targets.container(webId);
    }

    @Override
    public Target bare() {
        return Targets.container(bareId);
    }

    @Override
    public String address(Target server) throws Exception {
        return engine.ask(
                "inspect",
                "--format",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                server.name().orElseThrow());
    }

    @Override
    public List<String> inTools() {
        return engine.engine().command(List.of("exec", toolsId));
    }

    @Override
    public void endTools() throws Exception {
        engine.ask("kill", toolsId);
    }

    @Override
    public void remove() throws Exception {
        for (String container : List.of(toolsId, webId, bareId)) {
            engine.remove(container);
        }
    }
}
