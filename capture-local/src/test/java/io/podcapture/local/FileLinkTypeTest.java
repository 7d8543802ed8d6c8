package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLinkTypeTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "10,10", "11,100", "12,101", "14,101", "15,102", "16,103", "105,105", "113,113", "276,276"
    })
    void of_numberOfTheCaptureApi_isThatOfFiles(int api, int file) {
        assertThat(FileLinkType.of(api)).isEqualTo(file);
    }
}
