package io.podcapture.local;

import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import java.util.List;

/** Three containers, two of which have neither bash nor tcpdump, one of these no shell at all. */
record EngineStage(RealEngine engine, String toolsId, String webId, String bareId) implements LocalStage {
    private static final String WEB = "localhost/web:1";
    private static final String BARE = "localhost/scratch:1";

    static EngineStage make(String command) throws Exception {
        RealEngine engine = RealEngine.required(command);
        engine.requireImage(WEB);
        engine.requireImage(BARE);
        EngineStage stage = new EngineStage(
                engine,
                engine.startTools(),
                engine.ask("run", "--detach", "--rm", WEB),
                engine.ask("run", "--detach", "--rm", BARE));
        return LocalStage.serving(stage, () -> {});
    }

    @Override
    public MethodChoice method() {
        return engine.methods().docker();
    }

    @Override
    public Place tools() {
        return Place.whole(Targets.container(toolsId));
    }

    @Override
    public Place web() {
        return Place.whole(Targets.container(webId));
    }

    @Override
    public Place bare() {
        return Place.whole(Targets.container(bareId));
    }

    @Override
    public String address(Place server) throws Exception {
        return engine.ask(
                "inspect",
                "--format",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                server.target().name().orElseThrow());
    }

    @Override
    public void makeBigPage() throws Exception {
        engine.ask("exec", webId, "sh", "-c", "head -c " + BIG + " /dev/zero >/www/big");
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
