package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.podcapture.MethodChoice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesProvidersTest {
    @ParameterizedTest
    @CsvSource({"auto, 'exec, then ephemeral, then node, then pod'", "exec, exec", "ephemeral, ephemeral"})
    void named_oneOfOurs_isMade(String name, String methods) {
        assertThat(MethodChoice.named(name, Map.of("image", "localhost/tools:1")))
                .hasToString(methods);
    }

    @Test
    void named_twice_seesTheSamePoints() {
        assertThat(MethodChoice.named("exec", Map.of()).methods().get(0).resolver())
                .isEqualTo(MethodChoice.named("ephemeral", Map.of())
                        .methods()
                        .get(0)
                        .resolver());
    }

    @Test
    void named_unknownSetting_isRefusedWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodChoice.named("exec", Map.of("imgae", "x")))
                .withMessage("the method exec has no setting imgae; it has context, image");
    }

    @Test
    void named_upload_takesTcpdumps() {
        assertThat(MethodChoice.named("upload", Map.of("tcpdump.amd64", "/opt/tcpdump")))
                .hasToString("upload");
    }

    @Test
    void named_autoWithTcpdump_hasUploadToo() {
        assertThat(MethodChoice.named(
                        "auto", Map.of("tcpdump.arm64", "/opt/tcpdump", "image", "x", "helperNamespace", "tools")))
                .hasToString("exec, then ephemeral, then upload, then node, then pod");
    }

    @Test
    void named_autoWithUnknownSetting_isRefusedWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodChoice.named("auto", Map.of("tcpdump.riscv64", "/opt/tcpdump")))
                .withMessage("the method auto has no setting tcpdump.riscv64; it has context, helperNamespace, image,"
                        + " tcpdump.amd64, tcpdump.arm64");
    }

    @Test
    void named_uploadWithoutTcpdump_isRefusedWithTheSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodChoice.named("upload", Map.of()))
                .withMessage("the method upload needs a setting tcpdump.amd64 or tcpdump.arm64: the path of a static"
                        + " tcpdump");
    }

    @Test
    void named_settingOfAnotherMethod_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodChoice.named("exec", Map.of("tcpdump.amd64", "/opt/tcpdump")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodChoice.named("upload", Map.of("tcpdump.amd64", "/opt/tcpdump", "image", "x")));
    }

    @Test
    void named_unknownContext_isRefusedByItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodChoice.named("exec", Map.of("context", "no-such-context")))
                .withMessageContaining("no-such-context");
    }
}
