<?php
/**
 * The plugin runs on the PHP that it says it needs.
 *
 * @package Meerkat\Chat
 */

require __DIR__ . '/php-level.php';

test(
	'PHP: no source needs more than 7.4',
	static function () {
		$plugin = dirname( __DIR__ ) . '/meerkat-chat';
		has( "Requires PHP:      7.4\n", file_get_contents( "$plugin/meerkat-chat.php" ) );
		$files = array_merge( glob( "$plugin/*.php" ), glob( "$plugin/*/*.php" ), glob( "$plugin/*/*/*.php" ) );
		same( true, count( $files ) > 40 );
		foreach ( $files as $file ) {
			same( array(), PhpLevel::problems( file_get_contents( $file ) ) );
		}
	}
);

test(
	'PHP: what is too new is found, and what only looks so is not',
	static function () {
		foreach (
			array(
				'f( name: 1 );',
				'$a?->b;',
				'f( match ( $a ) { default => 1 } );',
				'str_contains( $a, $b );',
				'$a = $b ?? throw new E();',
				'try {} catch ( E ) {}',
				'$a::class;',
				'strlen( ... );',
				'0o17;',
				'enum A {}',
				'#[A] function f() {}',
				'function f( int|string $a ) {}',
				'function f( A&B $a ) {}',
				'function f(): int|false {}',
				'function f( mixed $a ) {}',
				'function f(): static {}',
				'function f(): never {}',
				'function f( $a, ) {}',
				'function f( $a = new A() ) {}',
				'$f = function () use ( $a, ) {};',
				'fn( int|string $a ) => 1;',
				'class A { public function __construct( private $a ) {} }',
				'class A { private int|string $a; }',
				'class A { public readonly int $a; }',
				'class A { final public const B = 1; }',
			) as $source
		) {
			same( array( $source, true ), array( $source, array() !== PhpLevel::problems( "<?php $source" ) ) );
		}
		foreach (
			array(
				'f( $a ? B : C );',
				'switch ( $a ) { case B: f( 1, C ); }',
				'function f( ?int $a, string ...$b ): ?array { return g( 1, 2, ); }',
				'function f( A &$a, $b = 1 | 2 ): self {}',
				'class A { private static ?int $a = B | C; public const D = 1; }',
				'$a->str_contains( 1 ); A::class; A::str_contains( 1 );',
				'if ( $a ) throw new E(); else throw new E();',
				'try {} catch ( E $e ) { throw $e; }',
				'$f = static function () use ( $a, &$b ): void {}; fn( $a ) => $a | 1;',
				'g( ...$a ); $a ??= 1; 017; [ $a, ] = $b; // #[A]',
			) as $source
		) {
			same( array( $source, array() ), array( $source, PhpLevel::problems( "<?php $source" ) ) );
		}
	}
);
