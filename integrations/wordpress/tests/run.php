<?php
/**
 * Runs the tests of the plugin: `php run.php [part of a name]`. Needs PHP alone; WordPress is stood in for by
 * wordpress.php. Prints a line for each test, and ends with 1 when one failed.
 *
 * @package Meerkat\Chat
 */

error_reporting( E_ALL );
set_error_handler(
	static function ( $level, $text, $file, $line ) {
		throw new ErrorException( $text, 0, $level, $file, $line );
	}
);

require __DIR__ . '/wordpress.php';
require dirname( __DIR__ ) . '/meerkat-chat/meerkat-chat.php';

$GLOBALS['tests'] = array();

/**
 * Declares a test.
 *
 * @param string   $name what holds.
 * @param callable $body throws where it does not.
 */
function test( string $name, callable $body ): void {
	$GLOBALS['tests'][ $name ] = $body;
}

/**
 * Two values are the same.
 *
 * @param mixed $wanted the one.
 * @param mixed $found  the other.
 */
function same( $wanted, $found ): void {
	if ( $wanted !== $found ) {
		throw new Exception( 'wanted ' . var_export( $wanted, true ) . "\n  found " . var_export( $found, true ) );
	}
}

/**
 * A text has another in it, or has not.
 *
 * @param string $part   the other.
 * @param string $text   the text.
 * @param bool   $wanted whether it has.
 */
function has( string $part, string $text, bool $wanted = true ): void {
	if ( ( false !== strpos( $text, $part ) ) !== $wanted ) {
		throw new Exception( ( $wanted ? 'nothing of ' : 'something of ' ) . var_export( $part, true ) . "\n  in " . $text );
	}
}

foreach ( glob( __DIR__ . '/*-test.php' ) as $file ) {
	require $file;
}

$failed = 0;
$only   = $argv[1] ?? '';
foreach ( $GLOBALS['tests'] as $name => $body ) {
	if ( '' !== $only && false === strpos( $name, $only ) ) {
		continue;
	}
	World::begin();
	try {
		$body();
		echo "ok   $name\n";
	} catch ( Throwable $problem ) {
		++$failed;
		echo "FAIL $name\n  " . $problem->getMessage() . "\n  at " . basename( $problem->getFile() ) . ':' . $problem->getLine() . "\n";
	}
}
exit( $failed > 0 ? 1 : 0 );
