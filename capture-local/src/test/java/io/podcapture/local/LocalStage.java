package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.MethodChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the scenarios are played: a network with tools in it, and two places that serve HTTP on port 8080. */
interface LocalStage {
    /** Octets of the big page. */
    long BIG = 200_000_000;

    /** Arguments: address, first number, count. To a closed port there, from a socket of its own each. */
    String DATAGRAMS = "for ((i = $2; i < $2 + $3; i++)); do echo -n packet-$i >/dev/udp/$1/9; done 2>/dev/null; true";

    /** Arguments: address, count. Of 20,000 octets each, unnumbered. */
    String BIG_DATAGRAMS = "for ((i = 0; i < $2; i++)); do"
            + " dd bs=20000 count=1 if=/dev/zero 2>/dev/null >/dev/udp/$1/9; done 2>/dev/null; true";

    /** Arguments: address, first number, count. Each on a connection of its own, one after the other. */
    String REQUESTS = """
            for ((i = $2; i < $2 + $3; i++)); do
              exec 3<>/dev/tcp/$1/8080 || exit 1
              printf 'GET /?packet-%d HTTP/1.0\\r\\n\\r\\n' "$i" >&3
              cat <&3 >/dev/null
              exec 3>&-
            done
            """;

    /** Argument: address. A cable takes a moment to be ready, and so does a server. */
    String AWAIT = "for ((i = 0; i < 400; i++)); do (exec 3<>/dev/tcp/$1/8080) 2>/dev/null && exit; sleep 0.05; done;"
            + " echo nothing serves at $1; exit 1";

    MethodChoice method();

    Place tools();

    /** Returns the place of the tools with all other interfaces that its target has. */
    default Place allOfTools() {
        return tools();
    }

    Place web();

    /** Has nothing but the one program that serves. */
    Place bare();

    String address(Place server) throws Exception;

    /** Returns an address that the tools send datagrams to, past the place that is theirs. */
    default String closed() {
        return "127.0.0.1";
    }

    /** Lets the web server have a page of {@link #BIG} octets, /big. */
    void makeBigPage() throws Exception;

    /** Returns what stands before a command that is to run in the network of the tools. */
    List<String> inTools();

    /** Ends the tools, and all else in their network that is theirs. */
    void endTools() throws Exception;

    void remove() throws Exception;

    default Process start(String script, Object... arguments) throws IOException {
        List<String> argv = new ArrayList<>(inTools());
        argv.addAll(List.of("bash", "-c", script, "traffic"));
        Arrays.stream(arguments).map(Object::toString).forEach(argv::add);
        return new ProcessBuilder(argv).redirectErrorStream(true).start();
    }

    default void run(String script, Object... arguments) throws Exception {
        awaitSuccess(start(script, arguments));
    }

    private static void awaitSuccess(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Runs a script on this machine, in no namespace of a stage. */
    static void sh(String script, Object... arguments) throws Exception {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        Arrays.stream(arguments).map(Object::toString).forEach(argv::add);
        awaitSuccess(new ProcessBuilder(argv).redirectErrorStream(true).start());
    }

    /** Does what is left to make the stage, and waits until both places serve; where that fails, all of it is removed. */
    static <S extends LocalStage> S serving(S stage, Making making) throws Exception {
        try {
            making.make();
            stage.run(AWAIT, stage.address(stage.web()));
            stage.run(AWAIT, stage.address(stage.bare()));
            return stage;
        } catch (Throwable e) {
            stage.remove();
            throw e;
        }
    }

    /** What a stage is made by. */
    interface Making {
        void make() throws Exception;
    }

    default void datagrams(int first, int count) throws Exception {
        run(DATAGRAMS, closed(), first, count);
    }

    default void bigDatagrams(int count) throws Exception {
        run(BIG_DATAGRAMS, closed(), count);
    }

    default void requests(Place server, int first, int count) throws Exception {
        run(REQUESTS, address(server), first, count);
    }
}
