package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class PlanCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private SmallCluster cluster;

    @BeforeEach
    void serve() throws IOException {
        cluster = new SmallCluster(directory);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void targets_keepTheirOrderAndTheMethodBeforeThem() {
        CommandLine line = PodCapture.commandLine();
        PlanCommand command = line.getSubcommands().get("plan").getCommand();
        line.parseArgs("plan", "--probe", "pod/a", "-m", "auto", "deploy/b", "--json", "-m", "node", "-l", "app=c");
        assertThat(command.targets().targets())
                .containsExactly(
                        new NamedTargets.Named("pod/a", false, ""),
                        new NamedTargets.Named("deploy/b", false, "auto"),
                        new NamedTargets.Named("app=c", true, "node"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan | name a target",
                "plan --json | name a target",
                "plan --rbac shop pod/x | --rbac wants NAMESPACE/SERVICEACCOUNT",
                "plan --rbac /tester pod/x | --rbac wants NAMESPACE/SERVICEACCOUNT",
                "plan --rbac shop/ pod/x | --rbac wants NAMESPACE/SERVICEACCOUNT",
                "plan --rbac a/b/c pod/x | --rbac wants NAMESPACE/SERVICEACCOUNT",
                "plan -m nosuch pod/x | there are auto, exec, ephemeral, node, pod, sidecar, upload",
                "plan -m upload pod/x | needs --tcpdump",
                "plan pod/ | cannot read target",
                "plan cronjob/x | does not understand the target",
                "plan --context nosuch pod/x | no context \"nosuch\"",
                "plan --without nosuch pod/x | --without knows no method \"nosuch\"",
                "capture --without nosuch pod/x | --without knows no method \"nosuch\"",
                "plan --without exec --without ephemeral --without node --without pod pod/x | no method is left"
            })
    void usage_wrong_exitsTwoAndSaysWhy(String line, String words) {
        assertThat(execute(line)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(words);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan pod/web", "plan -m auto pod/web", "plan --without upload web"})
    void plan_allGranted_exitsZeroAndMarksTheChoice(String line) {
        assertThat(execute(line)).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .startsWith("pod demo/web")
                .anyMatch(text -> text.startsWith("  > exec       uncertain"))
                .anyMatch(text -> text.startsWith("    ephemeral  usable"))
                .anyMatch(text -> text.startsWith("    pod        refused"));
    }

    @Test
    void without_aMethod_isNotTaken() {
        assertThat(execute("plan --without exec -m auto pod/web")).isZero();
        assertThat(out.toString()).contains("  > ephemeral ").doesNotContain("exec  ");
    }

    @Test
    void plan_nothingGranted_exitsThree() {
        cluster.grantNothing();
        assertThat(execute("plan -m exec pod/web")).as(err.toString()).isEqualTo(3);
        assertThat(out.toString()).contains("you may not", "no method would work");
    }

    @Test
    void json_ofPlan_hasMethodsAndChoice() {
        assertThat(execute("plan --json -m exec pod/web")).isZero();
        assertThat(out.toString())
                .contains("\"target\":\"pod demo/web\"", "\"choice\":\"exec\"", "\"usability\":\"uncertain\"")
                .contains("\"create pods/exec in demo\"");
    }

    @Test
    void rbac_ofPlan_isARoleForTheAccount() {
        cluster.grantNothing();
        assertThat(execute("plan --rbac ci/tester -m exec pod/web")).isEqualTo(3);
        assertThat(out.toString()).contains("kind: \"Role\"", "\"pods/exec\"", "name: \"tester\"", "namespace: \"ci\"");
        assertThat(out.toString()).doesNotContain("refused");
    }

    private int execute(String line) {
        return PodCapture.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.split(" "));
    }
}
