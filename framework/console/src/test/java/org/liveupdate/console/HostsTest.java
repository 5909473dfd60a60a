package org.liveupdate.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that somebody else could give to this address is not trusted. */
class HostsTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1,true", "127.0.0.1:8191,true", "localhost:8191,true", "LOCALHOST,true", "[::1]:8191,true",
            "[fe80::1],true", "192.168.1.7:80,true", "evil.example,false", "evil.example:8191,false",
            "127.0.0.1.evil.example,false", "localhost.evil.example,false", "1.2.3.4.5,false", "'',false",
            "[evil]:80,false"})
    void addressesAndLocalhostAreTrusted(String host, boolean trusted) {
        assertEquals(trusted, new Hosts((String) null).trusts(host));
    }

    @Test
    void aRequestWithoutHostIsNotTrusted() {
        assertFalse(new Hosts("console.example").trusts(null));
    }

    @Test
    void listedNamesAreTrustedWithAnyPort() {
        Hosts hosts = new Hosts("console.example, Other.Example");

        assertTrue(hosts.trusts("console.example"));
        assertTrue(hosts.trusts("CONSOLE.example:8443"));
        assertTrue(hosts.trusts("other.example"));
        assertFalse(hosts.trusts("third.example"));
    }

    @Test
    void aRefusalSaysTheNameAndWhatToDo() {
        assertEquals("The console does not answer to the name evil.example: ask for it by its address or as localhost,"
                + " or list the name in the property liveupdate.console.hosts.", new Hosts("").refusal("evil.example"));
    }
}
