package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import io.podcapture.spi.ToolImage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMethodsTest {
    @TempDir
    private Path directory;

    @Test
    void named_byWords_findsTheMethods() {
        assertThat(MethodChoice.named("netns", Map.of())).hasToString("netns");
        assertThat(MethodChoice.named("docker", Map.of("image", "tools:1", "engine", "podman")))
                .hasToString("docker");
        assertThat(LocalMethods.auto()).hasToString("docker, then netns");
    }

    @Test
    void defaultImage_ofTheEngine_isThatOfAllMethods() {
        assertThat(LocalMethods.DEFAULT_IMAGE).isEqualTo(ToolImage.DEFAULT);
    }

    @Test
    void named_unknownSetting_isRefused() {
        assertThatThrownBy(() -> MethodChoice.named("docker", Map.of("imgae", "tools:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the method docker has no setting imgae; it has engine, image");
        assertThatThrownBy(() -> MethodChoice.named("netns", Map.of("image", "tools:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the method netns has no setting image");
    }

    @Test
    void builder_wordsLikeOptions_areRefused() {
        assertThatThrownBy(() -> LocalMethods.builder().image("--privileged")).hasMessageContaining("--privileged");
        assertThatThrownBy(() -> LocalMethods.builder().engine(" ")).hasMessageContaining("engine");
    }

    @Test
    void start_methodOfAnotherKind_saysWhichToUse() throws Exception {
        FakeEngine engine = new FakeEngine(directory, 1);
        assertThat(failure(CaptureSession.builder()
                        .target(Targets.container("web"))
                        .via(LocalMethods.builder().engine(engine.command()).netns())))
                .hasMessageContaining("use the method docker");
        assertThat(failure(CaptureSession.builder()
                        .target(Targets.process(ProcessHandle.current().pid()))
                        .via(LocalMethods.docker())))
                .hasMessageContaining("use the method netns");
    }

    private CaptureException failure(CaptureSession.Builder builder) {
        CaptureSession session =
                builder.writeTo(directory.resolve("capture.pcapng")).build();
        CaptureException failure = catchThrowableOfType(CaptureException.class, session::start);
        assertThat(failure).returns(FailureReason.UNSUPPORTED, CaptureException::reason);
        return failure;
    }
}
